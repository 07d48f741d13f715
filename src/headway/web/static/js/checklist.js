// The list of things to do on a ticket: one key leads there, Alt with an arrow moves an item, and the panel that is drawn
// anew keeps its place and what is being typed in it.
import { showSide } from "./panes.js";
import { say } from "./say.js";

const field = () => document.getElementById("new-item");
let kept = null;
let sent = "";

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-checklist]")) return;
  showSide();
  // once a menu that it was chosen from has closed and given the focus back
  requestAnimationFrame(() => (document.querySelector(".checklist li:not([data-done]) input") ?? field())?.focus());
});

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.(".checklist li");
  if (!item || !event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const list = item.parentElement;
  const place = [...list.children].indexOf(item) + (event.key === "ArrowUp" ? 0 : 2);
  if (place < 1 || place > list.children.length || event.target.disabled) return;
  const ticket = item.closest(".ticket");
  window.htmx.ajax("POST", `${list.dataset.place}/${item.dataset.item}`, { source: ticket, target: document.body, swap: "none", values: { position: place } });
  say(list.dataset.moved.replace("%", place));
});

// What was refused is not done.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const box = detail.elt.closest?.(".checklist form")?.querySelector("input");
  if (box?.isConnected && !detail.successful) box.checked = box.defaultChecked;
});

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.matches(".checklist-new")) sent = field().value;
});
document.addEventListener("htmx:oobBeforeSwap", ({ detail: { target } }) => {
  if (target?.id !== "side") return;
  kept = { top: target.scrollTop, text: field()?.value === sent ? "" : field()?.value };
  sent = "";
});
document.addEventListener("htmx:oobAfterSwap", ({ detail: { target } }) => {
  if (target?.id !== "side" || !kept) return;
  document.getElementById("side").scrollTop = kept.top;
  if (kept.text && field()) field().value = kept.text;
  kept = null;
});
