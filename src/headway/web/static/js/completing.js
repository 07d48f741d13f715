// Completion in the composer: what stands before the caret decides which list is offered, if any.
// A source: { pattern: groups 2 (what is replaced) and 3 (what was said), mode, list(form), fits(items, said),
// words(item), hint(item), take(form, item, from, to) }.
const sources = [];
const composer = () => document.querySelector(".composer[data-draft]");
const box = () => document.getElementById("completion");
let dismissed = false;

export const completes = (source) => sources.push(source);

function typing(form) {
  const field = form.elements.body;
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  for (const source of sources) {
    const found = (!source.mode || form.dataset.mode === source.mode) && before.match(source.pattern);
    if (found) return { source, from: field.selectionStart - found[2].length, to: field.selectionStart, said: found[3] };
  }
  return null;
}

export function hide() {
  if (box()?.matches(":popover-open")) box().hidePopover();
  composer()?.elements.body.removeAttribute("aria-activedescendant");
}

async function complete(form) {
  const field = form.elements.body;
  const begun = typing(form);
  if (!begun || dismissed) return hide();
  const items = await begun.source.list(form);
  const now = typing(form); // they may have typed on meanwhile
  const fit = now?.source === begun.source ? now.source.fits(items, now.said).slice(0, 8) : [];
  const place = box();
  if (!fit.length || !place || document.activeElement !== field) return hide();
  place.replaceChildren(...fit.map((one, number) => option(form, now.source, one, number)));
  select(0);
  if (!place.matches(":popover-open")) place.showPopover();
  // above the whole composer: to whom it goes stays in sight
  const at = form.getBoundingClientRect();
  place.style.left = `${Math.max(8, Math.min(at.left + 8, innerWidth - place.offsetWidth - 8))}px`;
  place.style.top = `${Math.max(8, at.top - place.offsetHeight - 4)}px`;
}

function option(form, source, one, number) {
  const item = document.createElement("button");
  item.type = "button";
  item.tabIndex = -1;
  item.id = `completion-${number}`;
  item.className = "menu-item";
  item.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "clip";
  name.textContent = source.words(one);
  item.append(name);
  const hint = source.hint(one);
  if (hint) item.append(hint);
  item.chosen = () => {
    const now = typing(form);
    hide();
    if (now?.source === source) source.take(form, one, now.from, now.to);
  };
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", item.chosen);
  return item;
}

function select(number) {
  const items = [...box().children];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
  composer()?.elements.body.setAttribute("aria-activedescendant", items[number]?.id ?? "");
  items[number]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".composer[data-draft]");
  if (!form || event.target.name !== "body") return;
  if (!typing(form)) dismissed = false;
  complete(form);
});

// Before anything else hears the keys: while the list is open they are its own.
document.addEventListener(
  "keydown",
  (event) => {
    if (!box()?.matches(":popover-open") || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    const items = [...box().children];
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
