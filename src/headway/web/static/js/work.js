// How long the open ticket is focused and used: the clock rests after a minute without key, pointer or wheel, and in a
// window that nobody looks at. What was counted is told every half a minute, at each pause, and when the tab closes, as
// the whole of this visit: what is told twice counts once.
const idle = 60_000;
const every = 30_000;
const renewed = 120_000; // a visit that rested for so long has ended
const jump = 5_000; // between two ticks: more is a machine that slept
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
const open = () => document.querySelector("#pane .ticket")?.dataset.ticket ?? null;
const name = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
let used = performance.now();
let before = used;
let visit = null; // { name, number, ms, told, at }

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"]) addEventListener(kind, () => (used = performance.now()), { capture: true, passive: true });

const busy = (now) => !document.hidden && document.hasFocus() && now - used < idle;

function tick() {
  const now = performance.now();
  const passed = Math.min(now - before, jump);
  before = now;
  const number = open();
  if (visit && visit.number !== number) end();
  if (!number || !busy(now)) {
    if (visit) tell();
    return;
  }
  if (visit && now - visit.at > renewed) end();
  visit ??= { name: name(), number, ms: 0, told: 0, at: now };
  visit.ms += passed;
  visit.at = now;
  if (visit.ms - visit.told >= every) tell();
}

async function tell() {
  const { name: called, number, ms, told } = visit;
  if (ms - told < 1000) return;
  visit.told = ms;
  const body = new URLSearchParams({ visit: called, ms: Math.round(ms) });
  const answer = await fetch(`/desk/tickets/${number}/work`, { method: "POST", body, keepalive: true, headers: { "x-csrftoken": token() } }).catch(() => null);
  const place = document.getElementById("active-time");
  if (answer?.ok && place && open() === number) place.textContent = await answer.text();
}

function end() {
  tell();
  visit = null;
}

if (document.getElementById("pane")) {
  setInterval(tick, 1000);
  addEventListener("pagehide", () => (tick(), visit && end()));
  document.addEventListener("visibilitychange", tick);
}
