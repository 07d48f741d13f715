// Macros in the composer: ";" completes, the menu finds, a gap that nobody filled in stops the sending.
import { toast } from "./toast.js";

const typed = /(^|[\s(])(;([\p{L}\p{N}_-]{0,30}))$/u;
const gap = /\[\[[^[\]\n]{1,80}\]\]/;
const composer = () => document.querySelector(".composer[data-draft]");
const list = () => document.getElementById("completion");
let known = null; // what is offered on the ticket in front of the reader: { address, macros }
let dismissed = false;

async function offered(form) {
  const address = form.getAttribute("action").replace(/replies$/, "macros");
  if (known?.address === address) return known.macros;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  known = { address, macros: [...page.querySelectorAll("[data-macro]")].map((item) => ({ ...item.dataset })) };
  return known.macros;
}

// Puts words where the caret is, or in place of what is selected or given, and goes to the first gap in them.
export function insert(form, words, from, to) {
  const field = form.elements.body;
  field.focus();
  field.setRangeText(words, from ?? field.selectionStart, to ?? field.selectionEnd, "end");
  const start = from ?? field.selectionEnd - words.length;
  const open = words.match(gap);
  if (open) field.setSelectionRange(start + open.index, start + open.index + open[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function preview(form, macro) {
  const address = `${form.getAttribute("action").replace(/replies$/, "macros")}/${macro}`;
  window.htmx.ajax("GET", address, { source: "#modal", target: "#modal" });
}

function choose(form, macro, from, to) {
  hide();
  if (macro.text !== undefined) insert(form, macro.text, from, to);
  else {
    if (from !== undefined) insert(form, "", from, to);
    preview(form, macro.macro);
  }
}

function hide() {
  const box = list();
  if (box?.matches(":popover-open")) box.hidePopover();
  composer()?.elements.body.removeAttribute("aria-activedescendant");
}

const word = (field) => (field.selectionStart === field.selectionEnd ? field.value.slice(0, field.selectionStart).match(typed) : null);

function matching(macros, said) {
  const wanted = said.toLocaleLowerCase();
  const rank = (one) => (one.shortcut.startsWith(wanted) && one.shortcut ? 0 : one.name.toLocaleLowerCase().includes(wanted) ? 1 : 2);
  return macros.filter((one) => rank(one) < 2).sort((a, b) => rank(a) - rank(b)).slice(0, 8);
}

async function complete(form) {
  const field = form.elements.body;
  if (!word(field) || dismissed) return hide();
  const macros = await offered(form);
  const found = word(field); // they may have typed on meanwhile
  const fit = found ? matching(macros, found[3]) : [];
  const box = list();
  if (!fit.length || !box || document.activeElement !== field) return hide();
  box.replaceChildren(...fit.map((one, number) => option(form, one, number)));
  select(0);
  if (!box.matches(":popover-open")) box.showPopover();
  // above the whole composer: to whom it goes stays in sight
  const at = form.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(at.left + 8, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, at.top - box.offsetHeight - 4)}px`;
}

function option(form, one, number) {
  const item = document.createElement("button");
  item.type = "button";
  item.tabIndex = -1;
  item.id = `completion-${number}`;
  item.className = "menu-item";
  item.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "clip";
  name.textContent = one.name;
  item.append(name);
  if (one.shortcut) {
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = `;${one.shortcut}`;
    item.append(key);
  }
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => take(form, one));
  item.chosen = () => take(form, one);
  return item;
}

function take(form, one) {
  const field = form.elements.body;
  const found = word(field);
  if (found) choose(form, one, field.selectionStart - found[2].length, field.selectionStart);
}

function select(number) {
  const items = [...list().children];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
  composer()?.elements.body.setAttribute("aria-activedescendant", items[number]?.id ?? "");
  items[number]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".composer[data-draft]");
  if (!form || event.target.name !== "body") return;
  if (!word(event.target)) dismissed = false;
  complete(form);
});

// Before anything else hears the keys: while the list is open they are its own.
document.addEventListener(
  "keydown",
  (event) => {
    const box = list();
    if (!box?.matches(":popover-open") || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    const items = [...box.children];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") select((at + 1) % items.length);
    else if (event.key === "ArrowUp") select((at + items.length - 1) % items.length);
    else if (event.key === "Enter" || event.key === "Tab") items[at]?.chosen();
    else if (event.key === "Escape") {
      dismissed = true;
      hide();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("focusout", (event) => {
  if (event.target.name === "body" && event.target.closest(".composer")) hide();
});

document.addEventListener("click", (event) => {
  const item = event.target.closest?.(".menu [data-macro]");
  // after the menu has closed and given the focus back
  if (item && composer()) setTimeout(() => choose(composer(), { ...item.dataset }), 20);
});

// A macro was applied: its words go into the composer of who applied it.
document.addEventListener("macro", ({ detail }) => {
  document.querySelector("#modal dialog")?.close();
  const form = document.querySelector(`.composer[data-draft="${detail.draft}"]`);
  if (form && detail.text) insert(form, detail.text);
  known = null;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "pane") known = null;
});

// A reply with a gap in it does not leave; the gap is selected, ready to be typed over.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  if (!form.matches?.(".composer[data-mode=reply]") || event.detail.requestConfig.verb !== "post") return;
  const field = form.elements.body;
  const open = field.value.match(gap);
  if (!open) return;
  event.preventDefault();
  field.focus();
  field.setSelectionRange(open.index, open.index + open[0].length);
  toast({ text: form.dataset.gap.replace("%", open[0]), meaning: "warning" });
});
