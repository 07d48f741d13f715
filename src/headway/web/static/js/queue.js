// The lead's live queue: it follows what happens, keeps what is chosen, and gives tickets to whom they are dropped on.
// Everything that dragging does, the keys do too: choose by the boxes (Space, x), press A.
import { change } from "./bulk.js";
import { meant } from "./keys.js";

const chosen = new Set();
const queue = () => document.getElementById("queue");
const items = () => [...document.querySelectorAll(".queue-item")];
let dragging = false;
let timer;

function show() {
  const there = new Set(items().map((item) => item.dataset.id));
  for (const id of chosen) if (!there.has(id)) chosen.delete(id);
  for (const item of items()) item.querySelector("input").checked = chosen.has(item.dataset.id);
  const bar = document.getElementById("queue-bar");
  bar.hidden = !chosen.size;
  bar.querySelector("[data-count]").textContent = bar.dataset.words.replace("%", chosen.size);
}

function toggle(item, on = !chosen.has(item.dataset.id)) {
  if (on) chosen.add(item.dataset.id);
  else chosen.delete(item.dataset.id);
  show();
}

async function renew() {
  if (dragging) return later();
  const focused = document.activeElement?.closest?.(".queue-item, [data-agent]");
  const kind = document.activeElement?.tagName;
  await window.htmx.ajax("GET", location.pathname + location.search, { source: "#queue", target: "#queue", swap: "outerHTML" });
  show();
  if (!focused) return;
  const again = focused.id ? document.getElementById(focused.id) : document.querySelector(`[data-agent="${focused.dataset.agent}"]`);
  again?.querySelector(kind === "INPUT" ? "input" : "a")?.focus();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(renew, 400);
}

function give(ids, agent) {
  change(ids, { assignee: agent }, { ...queue().dataset });
}

if (queue()) {
  document.addEventListener("live:ticket", later);
  document.addEventListener("live:again", later);
  document.addEventListener("change", (event) => {
    const item = event.target.closest?.(".queue-item");
    if (item) toggle(item, event.target.checked);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-queue-give]");
    if (opener) window.htmx.ajax("GET", `/desk/bulk?ids=${[...chosen].join(",")}&focus=${opener.dataset.queueGive}`, { source: "#modal", target: "#modal", swap: "innerHTML" });
    else if (event.target.closest?.("[data-queue-clear]")) {
      chosen.clear();
      show();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], [popover]:popover-open")) return;
    const item = event.target.closest?.(".queue-item");
    const key = meant(event.key);
    if (key === "x" && item) toggle(item);
    else if (event.key === "Escape" && chosen.size) chosen.clear(), show();
    else if (key === "j" || key === "k") {
      const all = items();
      const to = all[all.indexOf(item) + (key === "j" ? 1 : -1)];
      (to ?? (item ? null : all[0]))?.querySelector("input").focus();
    } else return;
    event.preventDefault();
    // before the inbox's own keys, which move through a list that is not here
  }, true);
  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.(".queue-item");
    if (!item) return;
    dragging = true;
    if (!chosen.has(item.dataset.id)) chosen.clear(), toggle(item, true);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", [...chosen].join(","));
  });
  document.addEventListener("dragend", () => {
    dragging = false;
    for (const row of document.querySelectorAll("[data-over]")) delete row.dataset.over;
  });
  document.addEventListener("dragover", (event) => {
    const row = event.target.closest?.("[data-agent]");
    for (const other of document.querySelectorAll("[data-over]")) if (other !== row) delete other.dataset.over;
    if (!row || !dragging) return;
    event.preventDefault();
    row.dataset.over = "true";
  });
  document.addEventListener("drop", (event) => {
    const row = event.target.closest?.("[data-agent]");
    if (!row || !dragging) return;
    event.preventDefault();
    give([...chosen], row.dataset.agent);
    chosen.clear();
  });
}
