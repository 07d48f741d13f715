// Moving through the list by keys: j and k, Enter opens. With a ticket open, moving opens the next one.
import { meant } from "./keys.js";

const rows = () => [...document.querySelectorAll(".rows .row")];
const current = () => document.querySelector(".rows .row[aria-current=true]");
const typing = (element) => element.isContentEditable || element.matches("input, textarea, select");
const reading = () => Boolean(document.querySelector("#pane .ticket"));
let pause = 0;
let pausing = false;
let way = 1;

function move(step) {
  const all = rows();
  if (!all.length) return;
  way = step;
  const from = all.includes(document.activeElement) ? document.activeElement : current();
  const at = all.indexOf(from);
  const next = all[Math.max(0, Math.min(all.length - 1, at + step))] ?? all[0];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (!reading() || next === current()) return;
  // The next one opens at once; while the key is held, only where it comes to rest.
  clearTimeout(pause);
  if (!pausing) next.click();
  const rests = pausing ? next : null;
  pausing = true;
  pause = setTimeout(() => {
    pausing = false;
    if (rests && rests !== current()) rests.click();
  }, 140);
}

// The row after the open one, in the direction they move.
export function wayOn() {
  const all = rows();
  const at = all.indexOf(current());
  return at < 0 ? null : (all[at + way] ?? null);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return;
  const inList = event.target.closest?.(".rows");
  const key = meant(event.key);
  if (key === "j" || (inList && event.key === "ArrowDown")) move(1);
  else if (key === "k" || (inList && event.key === "ArrowUp")) move(-1);
  else if (event.key === "Enter" && event.target === document.body && current()) current().click();
  else return;
  event.preventDefault();
});

// The open ticket's row and the view one is in carry a mark.
export function mark() {
  const number = document.querySelector("#pane .ticket")?.dataset.ticket;
  for (const row of document.querySelectorAll(".rows .row[aria-current]")) row.removeAttribute("aria-current");
  if (number) document.querySelector(`#row-${number} > .row`)?.setAttribute("aria-current", "true");
  const view = document.getElementById("narrowing")?.getAttribute("action");
  if (!view) return;
  for (const link of document.querySelectorAll("a[data-view]")) {
    if (link.getAttribute("href") === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".rows .row");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  current()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
});
