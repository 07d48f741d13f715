// The composer: reply or note, sent by keys, and never losing what was typed.
// Drafts live in this browser until they are sent; signing out removes them.
import { visit } from "./places.js";

const prefix = "headway-draft:";
const keyOf = (form) => prefix + form.dataset.draft;

function store(form) {
  const text = form.elements.body.value;
  const mode = form.dataset.mode;
  if (text.trim()) localStorage.setItem(keyOf(form), JSON.stringify({ text, mode }));
  else localStorage.removeItem(keyOf(form));
}

function setMode(form, mode) {
  const choice = form.querySelector(`input[name=mode][value=${mode}]`);
  if (!choice) return;
  choice.checked = true;
  form.dataset.mode = mode;
  form.elements.body.placeholder = form.dataset[`${mode}Placeholder`] ?? "";
  form.elements.body.setAttribute("aria-label", form.dataset[`${mode}Placeholder`] ?? "");
}

export function open(root = document) {
  for (const form of root.querySelectorAll(".composer[data-draft]")) {
    if (form.elements.body.value) continue;
    const kept = localStorage.getItem(keyOf(form));
    if (!kept) continue;
    const { text, mode } = JSON.parse(kept);
    setMode(form, mode);
    form.elements.body.value = text;
  }
}

let pause;
document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".composer[data-draft]");
  if (!form || event.target.name !== "body") return;
  clearTimeout(pause);
  pause = setTimeout(() => store(form), 250);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".composer");
  if (form && event.target.name === "mode") {
    setMode(form, event.target.value);
    store(form);
    form.elements.body.focus();
  }
});

// "r" and "n" from anywhere on the ticket.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-compose]");
  const form = button && document.querySelector(".composer");
  if (!form) return;
  setMode(form, button.dataset.compose);
  form.elements.body.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  const form = event.target.closest?.("form");
  if (!form) return;
  const sends = form.matches(".composer")
    ? form.querySelector(`[data-for~=${form.dataset.mode}] [data-send=${event.shiftKey ? "shift" : "plain"}], [data-for~=${form.dataset.mode}][data-send=${event.shiftKey ? "shift" : "plain"}]`)
    : form.querySelector("[type=submit]");
  if (!sends) return;
  event.preventDefault();
  sends.click();
});

// Sent: only a success takes the draft away, before the fresh composer is drawn. Any failure leaves the text alone.
const formOf = (event) => (event.detail.requestConfig?.verb === "post" ? event.detail.elt?.closest?.(".composer[data-draft]") : null);

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = formOf(event);
  if (!form) return;
  clearTimeout(pause);
  const { status } = event.detail.xhr;
  if (status >= 200 && status < 300) localStorage.removeItem(keyOf(form));
  else store(form);
});
document.addEventListener("htmx:sendError", (event) => {
  const form = formOf(event);
  if (form) store(form);
});
let leaving = false;
addEventListener("pagehide", () => {
  if (!leaving) document.querySelectorAll(".composer[data-draft]").forEach(store);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  leaving = true;
  clearTimeout(pause);
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
});

// A reply was taken back: its text returns, above what has been typed since.
document.addEventListener("withdrawn", ({ detail }) => {
  const key = prefix + detail.draft;
  const form = document.querySelector(`.composer[data-draft="${detail.draft}"]`);
  const typed = form ? form.elements.body.value : (JSON.parse(localStorage.getItem(key) ?? "{}").text ?? "");
  const text = typed.trim() ? `${detail.text}\n\n${typed}` : detail.text;
  localStorage.setItem(key, JSON.stringify({ text, mode: "reply" }));
  if (!form) {
    // they have gone on to another ticket: back to where they were
    visit(detail.address);
    return;
  }
  setMode(form, "reply");
  form.elements.body.value = text;
  form.elements.body.focus();
});

document.addEventListener("htmx:load", (event) => open(event.target.parentElement ?? document));
open();
