// One key, one action: any element with data-key answers to it, by being focused (a field) or pressed (the rest).
// Keys do nothing while somebody types, with a modifier held, or behind a dialog. "?" lists them.
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const fields = "input:not([type=checkbox], [type=radio]), textarea, select";
// A field in a menu that has just closed may still hold the focus; nobody types there.
const typing = (element) => visible(element) && (element.isContentEditable || element.matches(fields));

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
  const element = event.key === "?" ? document.querySelector("[data-dialog=keys]") : find(event.key);
  if (!element) return;
  event.preventDefault();
  if (event.key === "?") list();
  act(element);
});

// The help names what this very screen can do.
function list() {
  const into = document.getElementById("keys-here");
  if (!into) return;
  into.replaceChildren();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (!visible(element)) continue;
    const name = document.createElement("dt");
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = element.dataset.key;
    name.append(key);
    const said = document.createElement("dd");
    said.textContent = element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim();
    into.append(name, said);
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-dialog=keys]")) list();
});
