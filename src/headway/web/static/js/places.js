// Going from place to place inside the inbox without loading the page anew: the list stays where it is while tickets
// open beside it, and the browser's own back and forward work.
import { mark } from "./list.js";

const list = () => document.getElementById("found");
const pane = () => document.getElementById("pane");
const open = () => document.querySelector("#pane .ticket")?.dataset.ticket;

// The list's own address, from what links in it carry.
function listAddress(query = list()?.dataset.place ?? "") {
  const values = new URLSearchParams(query);
  const view = values.get("in") ?? "mine";
  values.delete("in");
  return `/desk/views/${view}${values.size ? `?${values}` : ""}`;
}

const here = () => location.pathname + location.search;

function go(address, replace = false) {
  if (address === here()) return;
  if (replace) history.replaceState({}, "", address);
  else history.pushState({}, "", address);
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target, pathInfo } = detail;
  if (detail.requestConfig.verb !== "get") return;
  if (target.id === "pane") go(pathInfo.finalRequestPath);
  else if (target.id === "list") {
    // not by the answer itself: the link that asked for it may be gone by then, and its answer finds nothing
    pane().replaceChildren();
    go(listAddress());
  }
  // what was found is seen first: browsers take their time over an address
  else if (target.id === "found") requestAnimationFrame(() => setTimeout(follow));
  else return;
  mark();
});

function follow() {
  go(open() ? `/desk/tickets/${open()}${list().dataset.place}` : listAddress(), true);
}

export function close() {
  const number = open();
  pane().replaceChildren();
  go(listAddress());
  mark();
  (document.querySelector(`#row-${number} > .row`) ?? document.getElementById("main"))?.focus();
}

export function visit(address) {
  if (pane()) return window.htmx.ajax("GET", address, { source: "#pane", target: "#pane", swap: "innerHTML show:none" });
  location.assign(address);
}

// Lists that were left, as they stood: who comes back finds the place kept.
const left = new Map();
const most = 8;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "list" && detail.shouldSwap && list()) leave();
});

function leave() {
  const section = document.getElementById("list");
  const address = listAddress();
  const scroll = list().scrollTop;
  const nodes = document.createDocumentFragment();
  nodes.append(...section.childNodes);
  left.delete(address);
  left.set(address, { nodes, scroll });
  if (left.size > most) left.delete(left.keys().next().value);
}

function comeBack(address) {
  const kept = left.get(address);
  if (!kept) return false;
  leave();
  left.delete(address);
  document.getElementById("list").replaceChildren(kept.nodes);
  list().scrollTop = kept.scroll;
  document.title = `${document.querySelector("#list h1").textContent} · Headway`;
  // What happened meanwhile is asked for; rows stay where they stand.
  document.dispatchEvent(new CustomEvent("live:again", { detail: {} }));
  return true;
}

// The server names a view to go to: one that was saved, or that stands in for one that was removed.
document.addEventListener("view", async ({ detail }) => {
  document.querySelector("#modal dialog")?.close();
  if (!list()) return location.assign(detail.address);
  left.delete(detail.address);
  await window.htmx.ajax("GET", detail.address, { source: "#list", target: "#list", swap: "innerHTML show:none" });
  document.querySelector("#list h1")?.scrollIntoView();
  document.dispatchEvent(new CustomEvent("counts"));
});
document.addEventListener("counts", () => {
  const place = list()?.dataset.place ?? "";
  if (document.getElementById("counts")) window.htmx.ajax("GET", `/desk/counts${place}`, { source: "#counts", target: "#counts", swap: "innerHTML" });
});

addEventListener("popstate", () => {
  if (!list()) return;
  const ticket = location.pathname.match(/^\/desk\/tickets\/(\d+)$/)?.[1];
  const wanted = ticket ? listAddress(location.search) : here();
  if (wanted !== listAddress() && !comeBack(wanted)) location.reload();
  else if (ticket && ticket !== open()) visit(here());
  else if (!ticket) pane().replaceChildren();
  mark();
});

// The server names a ticket to go to: one that was begun, or that another was merged into.
document.addEventListener("open", ({ detail }) => {
  document.querySelector("#modal dialog")?.close();
  visit(detail.address + (list()?.dataset.place ?? ""));
});
