// The list of things to do on a ticket: one key leads there, Alt with an arrow or a drag by its grip moves an item, and the
// panel that is drawn anew keeps its place and what is being typed in it.
import { hold } from "./held.js";
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
  const place = [...item.parentElement.children].indexOf(item) + (event.key === "ArrowUp" ? 0 : 2);
  if (!event.target.disabled) move(item, place);
});

// An item is moved at once. The answer draws the list anew; where it does not, the move was refused, and what was is put
// back.
let before = null;

function move(item, place) {
  const list = item.parentElement;
  const order = [...list.children];
  if (place < 1 || place > order.length || order[place - 1] === item) return;
  before ??= { list, order };
  arrange(list, order.filter((one) => one !== item).toSpliced(place - 1, 0, item));
  const ticket = item.closest(".ticket");
  window.htmx.ajax("POST", `${list.dataset.place}/${item.dataset.item}`, { source: ticket, target: document.body, swap: "none", values: { position: place } });
  say(list.dataset.moved.replace("%", place));
}

function arrange(list, order) {
  const focused = list.contains(document.activeElement) && document.activeElement;
  list.append(...order);
  if (focused) focused.focus();
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!before || !detail.requestConfig.path.startsWith(`${before.list.dataset.place}/`)) return;
  if (!detail.successful && before.list.isConnected) arrange(before.list, before.order);
  before = null;
});

document.addEventListener("pointerdown", (event) => {
  const held = event.target.closest?.(".item-grip")?.parentElement;
  if (!held || event.button || !event.isPrimary) return;
  event.preventDefault();
  const ticket = held.closest(".ticket");
  const inside = event.clientY - held.getBoundingClientRect().top;
  // found anew each time: an answer may draw the list under the pointer
  const found = () => ticket.querySelector(`.checklist > [data-item="${held.dataset.item}"]`);
  let place = 0;

  hold(ticket, event, {
    move({ clientY }) {
      roll(clientY);
      if (found()) place = carry(found(), clientY - inside);
    },
    over(dropped) {
      for (const one of ticket.querySelectorAll(".checklist > *")) {
        delete one.dataset.dragged;
        one.style.translate = "";
      }
      if (dropped && found()) move(found(), place);
    },
  });
});

// Near an edge of the panel, what lies beyond it comes.
function roll(y) {
  const side = document.getElementById("side");
  const { top, bottom } = side.getBoundingClientRect();
  if (y < top + 32) side.scrollTop -= 8;
  else if (y > bottom - 32) side.scrollTop += 8;
}

// Shows an item with its upper edge at this height and the others making room; answers the place that it would have.
function carry(item, top) {
  const list = item.parentElement;
  const all = [...list.children];
  const at = all.indexOf(item);
  const tall = item.offsetHeight;
  const moved = top - (list.getBoundingClientRect().top + item.offsetTop - list.offsetTop);
  const upper = item.offsetTop + moved;
  const middle = (one) => one.offsetTop + one.offsetHeight / 2;
  const to = all.filter((one, place) => (place < at ? middle(one) <= upper : place > at && middle(one) < upper + tall)).length;
  item.dataset.dragged = "";
  for (const [place, one] of all.entries()) {
    const aside = place < at && place >= to ? tall : place > at && place <= to ? -tall : 0;
    one.style.translate = one === item ? `0 ${moved}px` : aside && `0 ${aside}px`;
  }
  return to + 1;
}

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
