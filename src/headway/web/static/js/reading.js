// What is in front of somebody who looks is read: after a moment, and not in a tab that nobody sees. Marking a ticket
// unread closes it. The other tabs of this browser follow.
import { close } from "./places.js";

const moment = 600;
const others = "BroadcastChannel" in window ? new BroadcastChannel("headway-read") : null;
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
const ticket = () => document.querySelector("#pane .ticket");
const told = new Map(); // by ticket: how far the server knows it read
const read = new Map(); // by ticket: when that was
let timer;

function later() {
  clearTimeout(timer);
  timer = setTimeout(tell, moment);
}

async function tell() {
  const number = ticket()?.dataset.ticket;
  const seen = document.getElementById("seen")?.value;
  if (!number || !seen || document.hidden || told.get(number) === seen) return;
  told.set(number, seen);
  const body = new URLSearchParams({ seen });
  try {
    const answer = await fetch(`/desk/tickets/${number}/reading`, { method: "POST", body, keepalive: true, headers: { "x-csrftoken": token() } });
    if (!answer.ok) throw new Error(answer.statusText);
    read.set(number, performance.now());
    mark(number, false);
    // what was told of it, or was a mention, is read as well
    const told = Number(document.getElementById("bell-count")?.dataset.count ?? 0) > 0;
    if (told || document.querySelector('#counts a[href="/desk/views/mentions"] .number')) document.dispatchEvent(new CustomEvent("counts"));
    others?.postMessage({ number, unread: false });
  } catch {
    told.delete(number);
  }
}

function mark(number, unread) {
  const row = document.querySelector(`#row-${number} > .row`);
  row?.toggleAttribute("data-unread", unread);
  if (!unread) row?.querySelector("[data-unread-words]")?.remove();
}

// Rows that were asked for before it was read, and drawn after, are behind.
document.addEventListener("htmx:beforeSend", ({ detail }) => (detail.xhr.asked = performance.now()));
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  for (const [number, at] of read) if (at > detail.xhr?.asked) mark(number, false);
});

document.addEventListener("unread", ({ detail }) => {
  read.delete(String(detail.id));
  told.delete(String(detail.id));
  clearTimeout(timer);
  if (ticket()?.dataset.ticket === String(detail.id) && document.getElementById("found")) close();
  document.dispatchEvent(new CustomEvent("changed", { detail }));
});
if (others) others.onmessage = ({ data }) => mark(data.number, data.unread);

document.addEventListener("visibilitychange", later);
document.addEventListener("htmx:afterSettle", later);
later();
