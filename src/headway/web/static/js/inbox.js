// What other people do, shown without disturbing: rows change where they stand, arrivals wait behind "n new",
// the open ticket takes in what was said. Typed text, scroll and focus stay.
import { mark } from "./list.js";
import { looked, unseen, whenAnswered } from "./mine.js";
import { close } from "./places.js";
import { toast } from "./toast.js";

const wait = 60;
const apart = 400;
const touched = new Set();
const arrived = new Set();
let behind = null;
let timer;
let at = 0;
let looking = false;
let soon = false;

const list = () => document.getElementById("found");
const openTicket = () => document.querySelector("#pane .ticket");
const rowOf = (id) => document.getElementById(`row-${id}`);
const withPlace = (path, values = {}) => {
  const query = new URLSearchParams(list()?.dataset.place ?? "");
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  return `${path}?${query}`;
};

document.addEventListener("live:ticket", ({ detail }) => whenAnswered(detail, () => {
  const { inList, inTicket } = unseen(detail);
  if (inList) touched.add(Number(detail.id));
  if (inTicket) behind = String(detail.id);
  if (inList || inTicket) later();
}));

// The first is looked at soon, more of them together: a busy hour must not ask for the list ten times a second.
function later() {
  timer ??= setTimeout(() => {
    timer = null;
    look();
  }, Math.max(wait, at + apart - Date.now()));
}

// One's own change: the row and the counts follow at once. The ticket itself came with the answer.
document.addEventListener("changed", ({ detail }) => {
  looked(detail.id, detail.event);
  touched.add(Number(detail.id));
  soon = true;
  lookAtList();
});

function look() {
  const ticket = openTicket();
  if (behind && ticket?.dataset.ticket === behind) catchUp(ticket);
  behind = null;
  lookAtList();
}

// One look at a time: of those that wait for an answer htmx keeps only the last, and a row would stay as it was.
function lookAtList() {
  if (looking || !touched.size) return;
  at = Date.now();
  soon = false;
  const ids = [...touched].slice(0, 100);
  for (const id of ids) touched.delete(id);
  if (!document.getElementById("counts")) return;
  const here = ids.filter((id) => rowOf(id));
  window.htmx.ajax("GET", withPlace("/desk/changes", { ids: ids.join(","), here: here.join(",") }), { source: "#counts", target: "#counts", swap: "innerHTML" });
}
document.addEventListener("htmx:beforeSend", ({ detail: { elt, xhr } }) => {
  if (elt.id !== "counts") return;
  looking = true;
  xhr.addEventListener("loadend", () => {
    looking = false;
    if (soon) lookAtList();
    else if (touched.size) later();
  });
});

// An act in the head or the panel is under way: its answer brings all that is new, and needs the form that asked for it.
const acting = new Set();
let missed = false;
const ofTicket = (element) => element.matches(".ticket");
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  const acts = detail.requestConfig.verb.toLowerCase() !== "get";
  if (acts && (ofTicket(detail.elt) || detail.elt.closest("#ticket-head, #side"))) acting.add(detail.xhr);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!acting.delete(detail.xhr)) return;
  const ticket = openTicket();
  // an act that the whole ticket asked for brings only what it changed
  const again = missed && ticket && (!detail.successful || ofTicket(detail.elt));
  missed = false;
  if (again) catchUp(ticket);
});

function catchUp(ticket) {
  if (!ticket.isConnected) return;
  if (acting.size) {
    missed = true;
    return;
  }
  // Somebody is choosing from a menu, or dragging something: it is not pulled away under them.
  if ("moving" in ticket.dataset || ticket.querySelector("[popover]:popover-open")) {
    setTimeout(catchUp, 1000, ticket);
    return;
  }
  // not as the ticket's own request: of those that wait for an answer only the last is kept, and an act would be lost
  window.htmx.ajax("GET", `/desk/tickets/${ticket.dataset.ticket}/changes`, { source: "#conversation", target: document.body, swap: "none" });
}

// The server says which of the changed tickets belong to this list and are not in it yet.
document.addEventListener("arrived", ({ detail }) => {
  for (const id of detail.ids) if (!rowOf(id)) arrived.add(id);
  for (const id of detail.gone ?? []) arrived.delete(id);
  announce();
});

function announce() {
  const pill = document.getElementById("arrivals");
  if (!pill) return;
  pill.replaceChildren();
  if (!arrived.size) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = (document.body.dataset.arrived ?? "%").replace("%", arrived.size);
  button.addEventListener("click", renew);
  pill.append(button);
}

async function renew() {
  arrived.clear();
  const address = withPlace(document.getElementById("narrowing").getAttribute("action"));
  await window.htmx.ajax("GET", address, { source: "#found", target: "#found", select: "#found", swap: "outerHTML show:top" });
  announce();
  mark();
}

// The line was down: nobody knows what was missed.
document.addEventListener("live:again", () => {
  const ticket = openTicket();
  if (ticket) catchUp(ticket);
  if (!list()) return;
  const here = [...document.querySelectorAll("#rows > li[id]")].map((row) => row.id.slice(4)).slice(0, 200);
  window.htmx.ajax("GET", withPlace("/desk/changes", { ids: here.join(","), here: here.join(","), again: "1" }), { source: "#counts", target: "#counts", swap: "innerHTML" });
});

document.addEventListener("live:state", ({ detail }) => {
  document.documentElement.dataset.live = detail.connected ? "on" : "off";
});

// An answer about one ticket that comes when another is open has nothing to draw here, unless it is a dialog: what solving
// a ticket offers comes after the next one has opened.
document.addEventListener("htmx:beforeSwap", (event) => {
  const [, number, what] = event.detail.pathInfo.requestPath.match(/^\/desk\/tickets\/(\d+)\/(\w+)/) ?? [];
  if (what === "changes" && acting.size) {
    event.detail.shouldSwap = false;
    missed = true;
  }
  if (number && openTicket()?.dataset.ticket !== number && event.detail.target.id !== "modal") event.detail.shouldSwap = false;
});

// What a search found in a row stays when the row is drawn again.
function keepHit(row, fragment) {
  const hit = row?.querySelector(".row-hit");
  const fresh = hit && fragment?.querySelector(".row");
  if (!fresh) return;
  fresh.dataset.hit = "";
  fresh.append(hit.cloneNode(true));
}

// The answer to one's own act and the look at what others did may bring the same: it stands there once.
document.addEventListener("htmx:oobBeforeSwap", ({ detail: { target, fragment } }) => {
  if (target?.id !== "timeline") return;
  for (const entry of fragment.querySelectorAll(".message[id]")) if (target.querySelector(`#${entry.id}`)) entry.remove();
  for (const line of fragment.querySelectorAll("[data-event]")) {
    if (!target.querySelector(`[data-event="${line.dataset.event}"]`)) continue;
    const group = line.closest(".system");
    line.remove();
    if (!group.querySelector("[data-event]")) group.remove();
  }
});

// A focused row keeps the focus when it is drawn again; the open one keeps its mark.
let focused = null;
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const row = event.detail.target?.closest?.("[id^=row-]");
  if (row?.contains(document.activeElement)) focused = row.id;
  keepHit(row, event.detail.fragment);
});
document.addEventListener("htmx:oobAfterSwap", () => {
  if (focused) document.querySelector(`#${focused} > .row`)?.focus({ preventScroll: true });
  focused = null;
  mark();
});

// New entries: in sight when the reader was at the end, otherwise said and left for them.
const atEnd = (scroll) => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
let follow = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const scroll = document.getElementById("conversation");
  // another ticket begins where it begins
  follow = Boolean(scroll && detail.target.id !== "pane" && atEnd(scroll));
});
document.addEventListener("htmx:afterSettle", () => {
  const scroll = document.getElementById("conversation");
  if (scroll && follow) scroll.scrollTop = scroll.scrollHeight;
});

// A ticket opens where its reader left off, otherwise at its end, where the newest is; a long last message at its top.
export function show() {
  const scroll = document.getElementById("conversation");
  if (!scroll || scroll.dataset.shown) return;
  scroll.dataset.shown = "true";
  const first = document.getElementById("news") ?? document.getElementById("timeline").lastElementChild;
  scroll.scrollTop = first ? first.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop - 16 : 0;
}
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "pane") show();
});
show();

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-close-ticket]")) {
    close();
  } else if (event.target.closest?.("[data-nav]")) {
    document.getElementById("desk").dataset.views = "open";
    document.querySelector(".nav a")?.focus();
  } else if (!event.target.closest?.(".nav") || event.target.closest(".nav a")) {
    delete document.getElementById("desk")?.dataset.views;
  }
  const focus = event.target.closest?.("[data-focus]");
  const field = focus && document.getElementById(focus.dataset.focus);
  if (field) {
    event.preventDefault();
    field.focus();
  }
});

// Copying the ticket's address is the one thing the clipboard is used for.
document.addEventListener("click", async (event) => {
  const copy = event.target.closest?.("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(new URL(copy.dataset.copy, location.href).href);
  toast({ text: copy.dataset.copied });
});
