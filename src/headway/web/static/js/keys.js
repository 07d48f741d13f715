// One key, one action: any element with data-key answers to it, by being focused (a field) or pressed (the rest).
// Keys do nothing while somebody types, with a modifier held, or behind a dialog. "?" lists them.
// Everybody may map keys anew or switch them off: data-key names the usual one.
const chosen = JSON.parse(document.body.dataset.keys ?? "{}");
const off = "keysOff" in document.body.dataset;
const usual = Object.fromEntries(Object.entries(chosen).map(([from, to]) => [to, from]));
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const fields = "input:not([type=checkbox], [type=radio]), textarea, select";
// A field in a menu that has just closed may still hold the focus; nobody types there.
const typing = (element) => visible(element) && (element.isContentEditable || element.matches(fields));

// The key that does what `key` usually does; "" when none does.
export const keyOf = (key) => (off || !key ? "" : (chosen[key] ?? key));

// What a pressed key usually means; "" when it means nothing to this person. Named keys (Enter, Escape) stay.
export function meant(key) {
  if (key.length !== 1) return key;
  if (off) return "";
  if (key in usual) return usual[key];
  return key in chosen ? "" : key;
}

function find(key) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && visible(element) && !element.disabled);
}

function act(element) {
  if (element.matches("input:not([type=radio], [type=checkbox]), textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog, [popover]")) {
    event.target.blur();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
  const key = meant(event.key);
  const element = key === "?" ? document.querySelector("[data-dialog=keys]") : key && find(key);
  if (!element) return;
  event.preventDefault();
  if (key === "?") list();
  act(element);
});

// The help names what this very screen can do, by the keys as they are now.
function list() {
  const into = document.getElementById("keys-here");
  if (!into) return;
  into.replaceChildren();
  const add = (key, words) => {
    const name = document.createElement("dt");
    const shown = document.createElement("kbd");
    shown.className = "kbd";
    shown.textContent = key;
    name.append(shown);
    const said = document.createElement("dd");
    said.textContent = words;
    into.append(name, said);
  };
  if (document.querySelector("#rows > li")) for (const [key, words] of JSON.parse(into.dataset.moves)) if (keyOf(key)) add(keyOf(key), words);
  for (const element of document.querySelectorAll("[data-key]")) {
    if (visible(element) && keyOf(element.dataset.key)) add(keyOf(element.dataset.key), element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim());
  }
  add("Ctrl K", into.dataset.commands);
  document.querySelector("[data-keys-off]:not(body)")?.toggleAttribute("hidden", !off);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-dialog=keys]")) list();
});

// Hints beside fields and menu items say the keys as they are now.
function hint(root) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const shown = element.querySelector(".kbd") ?? element.closest(".search")?.querySelector(".kbd");
    if (!shown) continue;
    shown.textContent = keyOf(element.dataset.key);
    shown.hidden = !shown.textContent;
  }
  const help = root.querySelector("[data-dialog=keys] .kbd");
  if (help) {
    help.textContent = keyOf("?");
    help.hidden = off;
  }
}
if (off || Object.keys(chosen).length) {
  hint(document);
  document.addEventListener("htmx:load", (event) => hint(event.target.parentElement ?? document));
}
