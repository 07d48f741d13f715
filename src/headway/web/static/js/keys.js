// One key, one action: any element with data-key answers to it, by being focused (a field) or pressed (the rest).
// "g m" is two keys one after the other. Keys do nothing while somebody types, with a modifier held, or behind a dialog.
// Everybody may map keys anew or switch them off: data-key names the usual one.
const chosen = JSON.parse(document.body.dataset.keys ?? "{}");
const off = "keysOff" in document.body.dataset;
const usual = Object.fromEntries(Object.entries(chosen).map(([from, to]) => [to, from]));
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const fields = "input:not([type=checkbox], [type=radio]), textarea, select";
const patience = 1500;
// A field in a menu that has just closed may still hold the focus; nobody types there.
const typing = (element) => visible(element) && (element.isContentEditable || element.matches(fields));
let begun = "";
let timer;

// The key that does what `key` usually does; "" when none does.
export const keyOf = (key) => (off || !key ? "" : (chosen[key] ?? key));

// What a pressed key usually means; "" when it means nothing to this person. Named keys (Enter, Escape) stay.
export function meant(key) {
  if (key.length > 1 && !key.includes(" ")) return key;
  if (off) return "";
  if (key in usual) return usual[key];
  return key in chosen ? "" : key;
}

// What stands in a menu that can be opened here needs not be opened first.
function inMenu(element) {
  const menu = element.closest("[popover]");
  const opener = menu?.id && document.querySelector(`[popovertarget="${menu.id}"]`);
  return Boolean(opener) && visible(opener);
}

// Places are reached although their links are out of sight, on a phone or behind an icon.
export const reachable = (element) =>
  !element.disabled && (visible(element) || inMenu(element) || element.matches("[data-key^='g ']"));

function find(key) {
  return [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && reachable(element));
}

const begins = (key) => !off && [...document.querySelectorAll("[data-key*=' ']")].some((element) => keyOf(element.dataset.key).startsWith(`${key} `));

function act(element) {
  if (element.matches("input:not([type=radio], [type=checkbox]), textarea, select")) {
    element.focus();
    element.select?.();
  } else element.click();
}

function forget() {
  clearTimeout(timer);
  begun = "";
  delete document.documentElement.dataset.begun;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog, [popover]")) {
    event.target.blur();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return forget();
  if (event.key.length === 1 && !begun && begins(event.key)) {
    event.preventDefault();
    begun = event.key;
    document.documentElement.dataset.begun = begun;
    timer = setTimeout(forget, patience);
    return;
  }
  const pressed = begun && event.key.length === 1 ? `${begun} ${event.key}` : event.key;
  // the second of two keys is nobody else's, whatever it is
  if (pressed !== event.key) event.preventDefault();
  if (event.key !== "Shift") forget();
  const key = meant(pressed);
  const element = key === "?" ? document.querySelector("[data-dialog=keys]") : key && find(key);
  if (!element) return;
  event.preventDefault();
  act(element);
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
