// Macros in the composer: ";" completes, the menu finds, a gap that nobody filled in stops the sending.
import { completes, hide } from "./completing.js";
import { toast } from "./toast.js";

const typed = /(^|[\s(])(;([\p{L}\p{N}_-]{0,30}))$/u;
const gap = /\[\[[^[\]\n]{1,80}\]\]/;
const composer = () => document.querySelector(".composer[data-draft]");
let known = null; // what is offered on the ticket in front of the reader: { address, macros }

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

function matching(macros, said) {
  const wanted = said.toLocaleLowerCase();
  const rank = (one) => (one.shortcut.startsWith(wanted) && one.shortcut ? 0 : one.name.toLocaleLowerCase().includes(wanted) ? 1 : 2);
  return macros.filter((one) => rank(one) < 2).sort((a, b) => rank(a) - rank(b));
}

completes({
  pattern: typed,
  list: offered,
  fits: matching,
  words: (one) => one.name,
  hint(one) {
    if (!one.shortcut) return null;
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = `;${one.shortcut}`;
    return key;
  },
  take: choose,
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
