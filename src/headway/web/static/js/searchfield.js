// Completion of typed filters in the search field: a combobox whose options the server knows.
// Arrows choose, Enter or Tab takes the chosen one, Escape closes. Without a choice Enter searches as ever.
const mayComplete = /(?:^|\s)-?(?:[a-z]*|[a-z]+:(?:"[^"]*|[^\s"]*))$/i;
const wait = 80;
let timer;
let asked;

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const options = (field) => [...(listOf(field)?.children ?? [])];
const chosen = (field) => options(field).find((option) => option.getAttribute("aria-selected") === "true");
const upToCaret = (field) => field.value.slice(0, field.selectionStart ?? field.value.length);

function close(field) {
  clearTimeout(timer);
  asked?.abort();
  listOf(field).hidden = true;
  listOf(field).replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

async function ask(field) {
  const text = upToCaret(field);
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`/desk/completions?q=${encodeURIComponent(text)}`, { signal: asked.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok || upToCaret(field) !== text || document.activeElement !== field) return;
    const list = listOf(field);
    // our own server's markup, made by its escaping templates
    list.innerHTML = await answer.text();
    list.hidden = !list.childElementCount;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  } catch (error) {
    // Aborted by the next letter, or the line is down: the search itself says so.
    if (error.name !== "AbortError") close(field);
  }
}

function choose(field, step) {
  const all = options(field);
  const at = all.indexOf(chosen(field));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
  for (const option of all) option.setAttribute("aria-selected", String(option === next));
  field.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function take(field, option) {
  const start = Number(option.dataset.start);
  const caret = field.selectionStart ?? field.value.length;
  const isKey = option.dataset.insert.endsWith(":");
  const rest = field.value.slice(caret);
  const written = option.dataset.insert + (isKey || rest.startsWith(" ") ? "" : " ");
  field.value = field.value.slice(0, start) + written + rest;
  field.setSelectionRange(start + written.length, start + written.length);
  close(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// What was searched before is offered again in an empty field. It stays in this browser: it may name people.
const most = 6;
const place = `headway-searches-${document.body.dataset.person}`;

function recent() {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
}

function remember(field) {
  const words = field?.value.trim();
  if (!words) return;
  localStorage.setItem(place, JSON.stringify([words, ...recent().filter((one) => one !== words)].slice(0, most)));
}

function offer(field) {
  const list = listOf(field);
  list.replaceChildren(...recent().map((words, at) => {
    const option = document.createElement("div");
    option.className = "menu-item";
    option.role = "option";
    option.id = `recent-${at}`;
    option.ariaSelected = "false";
    Object.assign(option.dataset, { insert: words, start: 0 });
    const said = document.createElement("span");
    said.className = "clip";
    said.textContent = words;
    const aside = document.createElement("span");
    aside.className = "quiet clip";
    aside.textContent = field.dataset.recent;
    option.append(said, aside);
    return option;
  }));
  list.hidden = !list.childElementCount;
  field.setAttribute("aria-expanded", String(!list.hidden));
}

const fieldOf = (event) => event.target.closest?.("input[data-completes]");

document.addEventListener("input", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  clearTimeout(timer);
  const text = upToCaret(field);
  if (text.trim() && !text.endsWith(" ") && mayComplete.test(text)) timer = setTimeout(ask, wait, field);
  else close(field);
});

document.addEventListener("keydown", (event) => {
  const field = fieldOf(event);
  if (!field || event.isComposing) return;
  const open = field.getAttribute("aria-expanded") === "true";
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) choose(field, event.key === "ArrowDown" ? 1 : -1);
    else if (!field.value) offer(field);
    else if (mayComplete.test(upToCaret(field))) ask(field);
  } else if ((event.key === "Enter" || event.key === "Tab") && open && chosen(field)) {
    event.preventDefault();
    take(field, chosen(field));
  } else if (event.key === "Enter") {
    remember(field);
    if (open) close(field);
  }
  else if (event.key === "Escape" && open) {
    event.preventDefault();
    close(field);
  }
});

// Pressing an option must not take the focus from the field.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.(".completions")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".completions > [role=option]");
  if (option) take(document.querySelector(`[aria-controls="${option.parentElement.id}"]`), option);
});
document.addEventListener("focusout", (event) => {
  const field = fieldOf(event);
  if (field) close(field);
});
document.addEventListener("focusin", (event) => {
  const field = fieldOf(event);
  if (field && !field.value) offer(field);
});
// A search that led to a ticket was a good one.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#rows .row")) remember(document.querySelector("input[data-completes]"));
});
