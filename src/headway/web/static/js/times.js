// Relative times kept true, absolute ones on hover, in the reader's zone (their profile's, else the browser's).
const page = document.documentElement.lang || "en";
// Of the page's language, the variety the reader has chosen in the browser: it decides between 7:30 PM and 19:30.
const language = navigator.languages.find((each) => each.split("-")[0] === page.split("-")[0]) ?? page;
const zone = document.documentElement.dataset.zone || undefined;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone: zone });
// 04:11 as the server writes it, where a day has 24 hours; 4:11 AM where it has twice twelve.
const { hour12 } = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
const clock = new Intl.DateTimeFormat(language, { hour: hour12 ? "numeric" : "2-digit", minute: "2-digit", timeZone: zone });
const dated = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: zone });
const older = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: zone });
const inDay = new Intl.DateTimeFormat("en-CA", { timeZone: zone });
const inYear = new Intl.DateTimeFormat("en-CA", { year: "numeric", timeZone: zone });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "narrow" });

const unit = (name) => new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" });
const units = [[day, new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "narrow" })], [hour, new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "narrow" })], [minute, unit("minute")]];

function span(ms) {
  for (const [size, format] of units) if (ms >= size) return format.format(Math.floor(ms / size));
  return units[2][1].format(1);
}

function date(at, now) {
  return (inYear.format(at) === inYear.format(now) ? dated : older).format(at);
}

function ago(at, now) {
  const passed = now - at;
  if (passed < minute) return relative.format(0, "second");
  return passed < 7 * day ? span(passed) : date(at, now);
}

function moment(at, now) {
  if (inDay.format(at) === inDay.format(now)) return clock.format(at);
  return `${date(at, now)}, ${clock.format(at)}`;
}

function left(at, now) {
  const remaining = at - now;
  if (remaining >= day) return span(remaining);
  const minutes = Math.floor(remaining / minute);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function refresh(root = document) {
  const now = new Date();
  for (const time of root.querySelectorAll("time[data-ago]")) write(time, ago(new Date(time.dateTime), now));
  for (const time of root.querySelectorAll("time[data-moment]")) write(time, moment(new Date(time.dateTime), now));
  for (const due of root.querySelectorAll("[data-due]")) {
    const at = new Date(due.dataset.due);
    // Once late, the server's words say so; only the countdown is ours.
    if (at < now) continue;
    due.dataset.meaning = at - now < hour ? "warning" : "";
    write(due.lastElementChild, left(at, now));
  }
}

// The full date is worked out when somebody asks for it.
function explain(event) {
  const time = event.target.closest?.("time[datetime]");
  if (time && !time.title) time.title = full.format(new Date(time.dateTime));
}

document.addEventListener("pointerover", explain);
document.addEventListener("focusin", explain);
// Told of for each of many rows that came at once: their list is gone through once, before they are drawn.
const fresh = new Set();
document.addEventListener("htmx:load", (event) => {
  if (!fresh.size) queueMicrotask(() => (fresh.forEach((part) => refresh(part)), fresh.clear()));
  fresh.add(event.target.parentElement ?? document);
});
setInterval(refresh, 30_000);
refresh();
