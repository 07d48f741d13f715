// Earlier messages come in steps, where they were folded. Links to a message and the search in the page open folds too,
// and what is too long for a screen is opened by whatever scrolls or selects inside it: the search, a link, the focus.
import { land } from "./focus.js";

const most = 200;
const folds = () => [...document.querySelectorAll("#timeline [data-fold]")];

async function open(fold, more = "") {
  if ("opening" in fold.dataset) return;
  fold.dataset.opening = "";
  const before = fold.nextElementSibling;
  const first = fold.previousElementSibling;
  const had = fold.contains(document.activeElement);
  const scroll = document.getElementById("conversation");
  const stood = before?.getBoundingClientRect().top;
  await window.htmx.ajax("GET", fold.dataset.fold + more, { source: fold, target: fold, swap: "outerHTML show:none" });
  delete fold.dataset.opening;
  if (fold.isConnected) return;
  // what was read stays where it is on the screen
  if (before?.isConnected) scroll.scrollTop += before.getBoundingClientRect().top - stood;
  if (!had) return;
  const begin = first ? first.nextElementSibling : document.getElementById("timeline").firstElementChild;
  const next = begin?.matches("[data-fold]") ? begin.querySelector("button") : begin;
  if (next && !next.matches("button")) next.tabIndex = -1;
  land(next);
}

function openAll(text) {
  if (text?.matches("iframe")) text.dispatchEvent(new CustomEvent("show-all"));
  text?.removeAttribute("data-long");
  if (text) text.scrollTop = 0;
}

document.addEventListener("click", ({ target }) => {
  const fold = target.closest?.("[data-fold]");
  if (fold && target.closest("button")) open(fold);
  const all = target.closest?.("[data-show-all]");
  if (!all) return;
  const body = all.parentElement;
  openAll(all.previousElementSibling);
  all.remove();
  body.tabIndex = -1;
  land(body);
});

function opened(text) {
  const all = text.parentElement.querySelector("[data-show-all]");
  openAll(text);
  all?.remove();
}

document.addEventListener("scroll", ({ target }) => {
  if (target.matches?.(".message-text[data-long]") && target.scrollTop) opened(target);
}, true);

document.addEventListener("selectionchange", () => {
  const selected = getSelection();
  const text = selected?.focusNode?.parentElement?.closest(".message-text[data-long]");
  if (text && selected.getRangeAt(0).getBoundingClientRect().bottom > text.getBoundingClientRect().bottom) opened(text);
});

// The browser's own search looks through what is there: so it is brought, up to a bound.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "f") for (const fold of folds()) open(fold, `&most=${most}`);
});

async function reach() {
  const [, kind, number] = location.hash.match(/^#(message|note)-(\d+)$/) ?? [];
  if (!kind) return;
  const id = `${kind}-${number}`;
  for (const fold of folds()) {
    if (document.getElementById(id)) break;
    await open(fold, `&reach=${kind[0]}${number}`);
  }
  const found = document.getElementById(id);
  if (!found) return;
  const long = found.querySelector("[data-long]");
  if (long) opened(long);
  found.scrollIntoView({ block: "start" });
}
addEventListener("hashchange", reach);
reach();
