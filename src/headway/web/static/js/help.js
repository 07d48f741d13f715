// "?": every key of this very screen as it is mapped now, in groups, narrowed by typing.
import { keyOf, reachable } from "./keys.js";

const dialog = document.getElementById("keys");
const into = document.getElementById("keys-here");
const field = dialog?.querySelector("[data-keys-find]");
const control = "apple" in document.documentElement.dataset ? "⌘" : into?.dataset.control;
const off = "keysOff" in document.body.dataset;

const labelOf = (element) => element.dataset.keyLabel || element.getAttribute("aria-label") || element.title || [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim();

function groupOf(element) {
  if (element.closest(".nav, [data-goes]")) return "going";
  if (element.closest("#pane")) return "ticket";
  if (element.closest("#list")) return "list";
  return "everywhere";
}

// By group: [keys, words], each once.
function gather() {
  const words = JSON.parse(into.dataset.words);
  const groups = { list: [], ticket: [], writing: [], going: [], everywhere: [] };
  const add = (group, keys, said) => {
    if (keys && !groups[group].some(([known]) => known === keys)) groups[group].push([keys, said]);
  };
  if (document.querySelector("#rows > li[id]")) for (const [key, said] of words.list) add("list", keyOf(key), said);
  for (const element of document.querySelectorAll("[data-key]")) if (reachable(element)) add(groupOf(element), keyOf(element.dataset.key), labelOf(element));
  if (document.querySelector(".composer")) for (const [keys, said] of words.writing) add("writing", keys, said);
  for (const [keys, said] of words.everywhere) add("everywhere", keys.length === 1 ? keyOf(keys) : keys, said);
  return groups;
}

function line([keys, said]) {
  const row = document.createElement("div");
  const name = document.createElement("dt");
  // two keys one after the other, or together
  for (const part of keys.split(" ")) {
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = part === "Ctrl" ? control : part;
    name.append(key, " ");
  }
  const words = document.createElement("dd");
  words.textContent = said;
  row.append(name, words);
  return row;
}

function draw() {
  const titles = JSON.parse(into.dataset.titles);
  into.replaceChildren();
  for (const [group, lines] of Object.entries(gather())) {
    if (!lines.length) continue;
    const section = document.createElement("section");
    const title = document.createElement("h3");
    title.textContent = titles[group];
    const list = document.createElement("dl");
    list.className = "keys-group";
    list.append(...lines.map(line));
    section.append(title, list);
    into.append(section);
  }
  dialog.querySelector("[data-keys-off]").hidden = !off;
  field.value = "";
  narrow();
}

function narrow() {
  const wanted = field.value.trim().toLocaleLowerCase();
  for (const section of into.children) {
    const rows = [...section.querySelectorAll("dl > div")];
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
    section.hidden = rows.every((row) => row.hidden);
  }
  dialog.querySelector("[data-keys-nothing]").hidden = [...into.children].some((section) => !section.hidden);
}

if (dialog) {
  // before the dialog opens by the same press
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-dialog=keys]")) draw();
  }, true);
  field.addEventListener("input", narrow);
}
