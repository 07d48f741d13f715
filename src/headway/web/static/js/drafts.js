// Nothing typed is lost: it is kept in this browser at once, and by Headway at every pause, for the writer's other
// windows. `version` is the server's draft that this window has seen; where another window has written since, both
// texts are there and the writer chooses. Signing out removes what is kept here.
import { setMode } from "./composer.js";
import { visit } from "./places.js";

const prefix = "headway-draft:";
const keyOf = (form) => prefix + form.dataset.draft;
const formOf = (name) => document.querySelector(`.composer[data-draft="${name}"]`);
const all = () => document.querySelectorAll(".composer[data-draft]");
const addressOf = (form) => form.getAttribute("action").replace(/replies$/, "draft");
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const pauses = new WeakMap();
const saving = new Map(); // by draft: the request under way

const typed = (form) => ({
  text: form.elements.body.value,
  mode: form.dataset.mode,
  cc: form.elements.cc?.dataset.touched ? form.elements.cc.value : null,
});
const same = (one, other) => one.text === other.text && one.mode === other.mode && (one.cc ?? null) === (other.cc ?? null);

let signingOut = false;

function keep(form, dirty = true) {
  // the answer to a save that was under way comes after what is kept here was removed
  if (signingOut || form.dataset.sent) return;
  const now = typed(form);
  const base = Number(form.dataset.version);
  if (now.text.trim() || (dirty && base)) localStorage.setItem(keyOf(form), JSON.stringify({ ...now, base, dirty }));
  else localStorage.removeItem(keyOf(form));
}

function say(form, state) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = state ? place.dataset[state] : "";
}

function put(form, { text, mode, cc }) {
  setMode(form, mode);
  form.elements.body.value = text;
  if (cc != null && form.elements.cc) {
    form.elements.cc.value = cc;
    form.elements.cc.dataset.touched = "true";
  }
}

// What is drawn came from the server; what is kept here may be newer.
export function open(root = document) {
  for (const form of root.querySelectorAll(".composer[data-draft]")) {
    if (form.dataset.opened) continue;
    form.dataset.opened = "true";
    const here = read(keyOf(form));
    if (!here) continue;
    const version = Number(form.dataset.version);
    if (!here.dirty) {
      // in step with the server when it was kept: the server's word is the newer one
      keep(form, false);
      continue;
    }
    const there = { ...typed(form), version };
    put(form, here);
    if (version === (here.base ?? 0)) later(form);
    else if (version && there.text !== here.text) clash(form, there);
    else {
      form.dataset.version = version;
      later(form);
    }
  }
}

function later(form, wait = 800) {
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(save, wait, form));
}

async function save(form, { leaving = false } = {}) {
  clearTimeout(pauses.get(form));
  if (form.dataset.sending || form.dataset.sent || form.theirs) return;
  const name = form.dataset.draft;
  if (saving.has(name) && !leaving) return later(form, 200);
  const sent = typed(form);
  if (!sent.text.trim() && form.dataset.version === "0") return say(form, "");
  const body = new URLSearchParams({ text: sent.text, mode: sent.mode, expected: form.dataset.version });
  if (sent.cc !== null) body.set("cc", sent.cc);
  const request = fetch(addressOf(form), { method: "POST", body, headers: { "x-csrftoken": token() }, keepalive: sent.text.length < 20000 });
  saving.set(name, request);
  try {
    const answer = await request;
    if (answer.ok) saved(form, sent, (await answer.json()).version);
    else if (answer.status === 409) clash(form, await answer.json());
    else say(form, "local");
  } catch {
    say(form, "local");
    if (form.isConnected) later(form, 5000);
  } finally {
    saving.delete(name);
  }
}

function saved(form, sent, version) {
  form.dataset.version = version;
  const now = typed(form);
  // not kept there, as the very words were sent just now: written once more on purpose they are safe only here
  keep(form, !same(now, sent) || !version);
  if (form.dataset.sending) return;
  say(form, version ? "saved" : "");
  if (!same(now, sent)) later(form);
}

// Another window of theirs has written on. Both texts stay until they choose.
function clash(form, theirs) {
  if (same(theirs, typed(form)) || !theirs.version) {
    form.dataset.version = theirs.version;
    keep(form, !theirs.version);
    if (!theirs.version) later(form);
    return;
  }
  form.theirs = theirs;
  form.querySelector(".clash").hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-clash]");
  if (!button) return;
  const form = button.closest("form");
  const { theirs } = form;
  form.theirs = null;
  form.dataset.version = theirs.version;
  form.querySelector(".clash").hidden = true;
  if (button.dataset.clash === "theirs") {
    // as if it were typed: the browser's undo brings one's own back
    form.elements.body.select();
    form.elements.body.focus();
    if (!document.execCommand("insertText", false, theirs.text)) form.elements.body.value = theirs.text;
    put(form, { ...theirs, text: form.elements.body.value });
    keep(form, false);
  } else {
    keep(form);
    save(form);
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".composer[data-draft]");
  if (!form || !["body", "cc"].includes(event.target.name)) return;
  if (event.target.name === "cc") event.target.dataset.touched = "true";
  keep(form);
  say(form, "");
  later(form);
});

// Sent: only a success takes the draft away, before the fresh composer is drawn. Any failure leaves the text alone.
const sentForm = (event) => (event.detail.requestConfig?.verb === "post" ? event.detail.elt?.closest?.(".composer[data-draft]") : null);

// A save under way goes first, so that it does not bring the draft back after it was sent.
document.addEventListener("htmx:confirm", (event) => {
  const { elt: form, verb, issueRequest, triggeringEvent } = event.detail;
  if (verb !== "post" || !form.matches?.(".composer[data-draft]")) return;
  clearTimeout(pauses.get(form));
  const before = saving.get(form.dataset.draft);
  if (!before) return;
  event.preventDefault();
  form.dataset.sending = "true";
  form.pressed = triggeringEvent?.submitter;
  const patience = new Promise((done) => setTimeout(done, 3000));
  Promise.race([before.catch(() => {}), patience]).then(() => {
    delete form.dataset.sending;
    clearTimeout(pauses.get(form));
    issueRequest(true);
  });
});

// The button that was pressed says how it is sent; its menu may have closed while the save went first, and htmx then
// no longer knows it.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt: form, parameters } = event.detail;
  if (!form.pressed?.name) return;
  parameters[form.pressed.name] = form.pressed.value;
  form.pressed = null;
});

document.addEventListener("htmx:beforeSend", (event) => {
  const form = sentForm(event);
  if (!form || event.detail.elt !== form) return;
  clearTimeout(pauses.get(form));
  form.dataset.sending = "true";
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const form = sentForm(event);
  if (!form || event.detail.elt !== form) return;
  const { status } = event.detail.xhr;
  if (status < 200 || status > 299) {
    delete form.dataset.sending;
    keep(form);
    return;
  }
  form.dataset.sent = "true";
  localStorage.removeItem(keyOf(form));
  // a save that was under way when it was sent may have come after it
  const address = addressOf(form);
  saving.get(form.dataset.draft)?.then(() => fetch(address, { method: "DELETE", headers: { "x-csrftoken": token() } })).catch(() => {});
});
for (const failed of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, (event) => {
    const form = sentForm(event);
    if (!form) return;
    delete form.dataset.sending;
    keep(form);
    say(form, "local");
  });
}

// Leaving the ticket or the page: what is not saved yet goes on its way.
const leave = (form) => {
  if (signingOut || !read(keyOf(form))?.dirty) return;
  save(form, { leaving: true });
};
addEventListener("pagehide", () => all().forEach(leave));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "pane") all().forEach(leave);
});
addEventListener("online", () => all().forEach((form) => read(keyOf(form))?.dirty && save(form)));

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  all().forEach(leave);
  signingOut = true;
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
});

// A reply was taken back: its text returns, above what has been typed since.
document.addEventListener("withdrawn", ({ detail }) => {
  const form = formOf(detail.draft);
  const key = prefix + detail.draft;
  const since = form ? typed(form).text : read(key)?.dirty ? read(key).text : "";
  const text = since.trim() && !detail.whole.includes(since) ? `${detail.text}\n\n${since}` : detail.whole;
  const back = { text, mode: "reply", cc: detail.cc };
  localStorage.setItem(key, JSON.stringify({ ...back, base: detail.version, dirty: text !== detail.whole }));
  // they have gone on to another ticket: undo leads them back, and the text is there
  if (!form) return;
  form.dataset.version = detail.version;
  put(form, back);
  if (text !== detail.whole) later(form);
  form.elements.body.focus();
});

// Shown to the team, or to nobody any more; saved first, so that there is something to show.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-share]");
  if (!button) return;
  const form = button.closest("form");
  await saving.get(form.dataset.draft);
  await save(form);
  if (form.dataset.version === "0") return form.elements.body.focus();
  const on = button.getAttribute("aria-pressed") === "true";
  const ticket = document.querySelector("#pane .ticket");
  await window.htmx.ajax(on ? "DELETE" : "POST", button.dataset.share, { source: ticket, target: ticket, swap: "none" });
  button.setAttribute("aria-pressed", String(!on));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-use-draft]");
  const form = button && document.querySelector(".composer[data-draft]");
  if (!form) return;
  const { body } = form.elements;
  body.focus();
  body.setRangeText(`${body.value.trim() ? "\n\n" : ""}${button.dataset.useDraft}`, body.value.length, body.value.length, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("htmx:load", (event) => open(event.target.parentElement ?? document));
open();
