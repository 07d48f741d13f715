// The command palette, on Ctrl-K or Cmd-K anywhere: every action of this very screen, every page and view, and what the
// server finds (tickets, customers). A combobox: the focus stays in the field, the options are moved through by arrows.
import { rank } from "./fuzzy.js";
import { keyOf } from "./keys.js";
import { visit } from "./places.js";

const palette = document.getElementById("palette");
const field = palette?.querySelector("input");
const here = palette?.querySelector("[data-here]");
const found = palette?.querySelector("[data-found]");
const nothing = palette?.querySelector("[data-nothing]");
const wait = 120;
const mostHere = 7;
const seen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const words = (element) => (element.dataset.keyLabel || element.getAttribute("aria-label") || element.querySelector(".clip")?.textContent || [...element.childNodes].filter((node) => !["svg", "KBD"].includes(node.nodeName)).map((node) => node.textContent).join("")).trim();
let commands = [];
let timer;
let asked;
let looking = false;

// What can be done here: elements with a key, what stands in menus, and where links lead.
function gather() {
  const all = [];
  const add = (element, label, group) => {
    if (label && !element.disabled && !all.some((one) => one.label === label && one.group === group)) all.push({ element, label, group, key: keyOf(element.dataset.key) });
  };
  for (const element of document.querySelectorAll("[data-key]")) if (seen(element) && !palette.contains(element) && !element.closest(".nav")) add(element, words(element), "actions");
  for (const item of document.querySelectorAll(".menu[popover] .menu-item")) {
    const menu = item.closest(".menu");
    const choice = item.getAttribute("role") === "menuitemradio";
    const title = choice && (titleAbove(item) || menu.getAttribute("aria-label"));
    if (!choice || item.getAttribute("aria-checked") !== "true") add(item, choice ? `${title}: ${words(item)}` : words(item), "actions");
  }
  for (const link of document.querySelectorAll(".nav a.nav-item, #palette a[data-page]")) add(link, words(link), "places");
  return all;
}

function titleAbove(item) {
  let before = item.previousElementSibling;
  while (before && !before.matches(".menu-title")) before = before.previousElementSibling;
  return before?.textContent.trim();
}

function option(command, number) {
  const row = document.createElement("div");
  row.className = "menu-item";
  row.role = "option";
  row.id = `palette-here-${number}`;
  row.ariaSelected = "false";
  const glyph = command.element.querySelector("svg")?.cloneNode(true);
  if (glyph) row.append(glyph);
  const label = document.createElement("span");
  label.className = "clip";
  label.textContent = command.label;
  row.append(label);
  if (command.key) {
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = command.key;
    row.append(key);
  }
  row.command = command;
  return row;
}

function draw() {
  const wanted = field.value.trim();
  const best = rank(commands, wanted, (command) => command.label);
  here.replaceChildren();
  let number = 0;
  for (const group of ["actions", "places"]) {
    const own = best.filter((command) => command.group === group).slice(0, mostHere);
    if (!own.length) continue;
    const section = document.createElement("div");
    section.role = "group";
    section.ariaLabel = palette.dataset[group];
    const title = document.createElement("div");
    title.className = "menu-title";
    title.ariaHidden = "true";
    title.textContent = palette.dataset[group];
    section.append(title, ...own.map((command) => option(command, number++)));
    here.append(section);
  }
  settle();
}

const options = () => [...palette.querySelectorAll("[role=option]")];
const chosen = () => palette.querySelector("[role=option][aria-selected=true]");

function select(next) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === next));
  if (next) field.setAttribute("aria-activedescendant", next.id);
  else field.removeAttribute("aria-activedescendant");
  next?.scrollIntoView({ block: "nearest" });
}

function settle() {
  if (!chosen()) select(options()[0]);
  // while the server is still looking, nobody knows that there is nothing
  nothing.hidden = options().length > 0 || looking;
}

async function ask() {
  const wanted = field.value.trim();
  asked?.abort();
  if (!wanted) {
    looking = false;
    found.replaceChildren();
    return settle();
  }
  asked = new AbortController();
  try {
    const answer = await fetch(`/desk/palette?q=${encodeURIComponent(wanted)}`, { signal: asked.signal, headers: { "HX-Request": "true" } });
    if (field.value.trim() !== wanted) return;
    looking = false;
    if (!answer.ok) return settle();
    const was = chosen()?.id;
    // our own server's markup, made by its escaping templates
    found.innerHTML = await answer.text();
    select(was ? document.getElementById(was) : null);
    settle();
  } catch (error) {
    // Aborted by the next letter, or the line is down: what is on the page still answers.
    if (error.name === "AbortError") return;
    looking = false;
    settle();
  }
}

function open() {
  if (palette.open) return palette.close();
  if (document.querySelector("dialog[open]")) return;
  document.querySelector("[popover]:popover-open")?.hidePopover();
  commands = gather();
  field.value = "";
  found.replaceChildren();
  palette.showModal();
  select(null);
  draw();
  here.parentElement.scrollTop = 0;
}

// What was drawn anew below the palette is found again by its key or its words.
function standing({ element, label, group }) {
  if (element.isConnected) return element;
  const same = (one) => one.group === group && (one.label === label || (element.dataset.key && one.element.dataset.key === element.dataset.key));
  return gather().find(same)?.element;
}

// First the palette goes and the focus returns; then what was chosen happens, as if it had been pressed itself.
function run(row) {
  if (!row) return;
  palette.close();
  if (row.dataset.href) return row.dataset.href.startsWith("/desk/tickets/") ? visit(row.dataset.href + (document.getElementById("found")?.dataset.place ?? "")) : location.assign(row.dataset.href);
  const element = standing(row.command);
  if (!element) return;
  if (element.matches("input, textarea")) element.focus();
  else element.click();
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-palette]")) open();
    const row = event.target.closest?.("#palette [role=option]");
    if (row) run(row);
  });
  field.addEventListener("input", () => {
    looking = true;
    select(null);
    draw();
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 8, all.length - 1), PageUp: Math.max(at - 8, 0) }[event.key];
    if (next !== undefined && all.length) {
      event.preventDefault();
      select(all[(next + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      run(chosen());
    }
  });
}
