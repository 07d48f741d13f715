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
  else if (target.id === "list") go(listAddress());
  else if (target.id === "found") go(open() ? `/desk/tickets/${open()}${list().dataset.place}` : listAddress(), true);
  else return;
  mark();
});

export function close() {
  const number = open();
  pane().replaceChildren();
  go(listAddress());
  mark();
  (document.querySelector(`#row-${number} > .row`) ?? document.getElementById("main"))?.focus();
}

export function visit(address) {
  if (pane()) window.htmx.ajax("GET", address, { source: "#pane", target: "#pane", swap: "innerHTML show:none" });
  else location.assign(address);
}

addEventListener("popstate", () => {
  if (!list()) return;
  const ticket = location.pathname.match(/^\/desk\/tickets\/(\d+)$/)?.[1];
  const wanted = ticket ? listAddress(location.search) : here();
  if (wanted !== listAddress()) location.reload();
  else if (ticket && ticket !== open()) visit(here());
  else if (!ticket) pane().replaceChildren();
  mark();
});

// The server names a ticket to go to: one that was begun, or that another was merged into.
document.addEventListener("open", ({ detail }) => {
  document.querySelector("#modal dialog")?.close();
  visit(detail.address + (list()?.dataset.place ?? ""));
});
