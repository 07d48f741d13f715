// Choosing many rows, and one change for all of them. x chooses a row, Shift-x all rows up to it; so do a row's box and
// Shift-press. The change goes to the server in portions, each ticket for itself; undo puts all of them back.
import { meant } from "./keys.js";
import { toast } from "./toast.js";

const most = 100;
const chosen = new Set();
let last = null;

const list = () => document.getElementById("found");
const bar = () => document.getElementById("bulk-bar");
const items = () => [...document.querySelectorAll("#rows > li[id^=row-]")];
const idOf = (item) => Number(item.id.slice(4));
const may = () => list()?.hasAttribute("data-bulk");

function show() {
  for (const item of items()) {
    const box = item.querySelector(".row-pick");
    if (box) box.checked = chosen.has(idOf(item));
  }
  const shelf = bar();
  if (!shelf) return;
  shelf.hidden = !chosen.size;
  if (chosen.size) shelf.querySelector("[data-count]").textContent = (shelf.dataset.words ?? "%").replace("%", chosen.size);
  list().toggleAttribute("data-choosing", chosen.size > 0);
}

function set(item, on) {
  if (on && chosen.size >= most) return toast({ text: bar().dataset.most });
  if (on) chosen.add(idOf(item));
  else chosen.delete(idOf(item));
}

function toggle(item, range = false) {
  const all = items();
  const from = all.findIndex((one) => one.id === last);
  const to = all.indexOf(item);
  if (range && from >= 0) for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) set(one, true);
  else set(item, !chosen.has(idOf(item)));
  last = item.id;
  show();
}

function clear() {
  chosen.clear();
  last = null;
  show();
}

const here = () => document.activeElement?.closest?.("#rows > li[id]") ?? document.querySelector("#rows .row[aria-current=true]")?.closest("li");
const typing = (element) => element.isContentEditable || element.matches?.("input:not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !may()) return;
  if (document.querySelector("dialog[open], [popover]:popover-open")) return;
  if (meant(event.shiftKey ? event.key.toLowerCase() : event.key) === "x" && here()) {
    event.preventDefault();
    toggle(here(), event.shiftKey);
  } else if (event.key === "Escape" && chosen.size) {
    event.preventDefault();
    clear();
  }
});

// Before htmx opens the ticket: Shift-press chooses instead.
document.addEventListener("click", (event) => {
  const item = event.target.closest?.("#rows > li[id]");
  if (event.target.matches?.(".row-pick")) toggle(item, event.shiftKey);
  else if (item && event.shiftKey && may()) {
    event.preventDefault();
    event.stopPropagation();
    toggle(item, true);
  } else if (event.target.closest?.("[data-bulk-clear]")) clear();
  else if (event.target.closest?.("[data-bulk-all]")) {
    for (const one of items().slice(0, most)) chosen.add(idOf(one));
    show();
  } else if (event.target.closest?.("[data-bulk-open]")) open(event.target.closest("[data-bulk-open]").dataset.bulkOpen);
}, true);

function open(focus) {
  window.htmx.ajax("GET", `/desk/bulk?ids=${[...chosen].join(",")}&focus=${focus}`, { source: "#modal", target: "#modal", swap: "innerHTML" });
}
document.addEventListener("htmx:load", (event) => {
  const form = event.target.querySelector?.("#bulk");
  if (form) document.getElementById(`bulk-${form.dataset.focus}`)?.focus();
});

// Rows that are drawn anew keep their mark; another list has none chosen.
document.addEventListener("htmx:oobAfterSwap", show);
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (["list", "found"].includes(detail.target.id)) clear();
  else if (chosen.size) show();
});

async function send(address, values, token) {
  const answer = await fetch(address, { method: "POST", headers: { "x-csrftoken": token, "HX-Request": "true" }, body: new URLSearchParams(values) });
  if (!answer.ok) throw new Error(answer.headers.get("X-Message") ?? "");
  return answer.json();
}

// Portion after portion; what a lost line leaves undone is counted as not changed.
async function inPortions(portions, step, progress) {
  const results = [];
  let failure = null;
  for (const portion of portions) {
    try {
      results.push(...(await step(portion)));
    } catch (error) {
      failure = error;
      break;
    }
    progress?.(results.length);
  }
  return { results, failure };
}

const cut = (all, size) => Array.from({ length: Math.ceil(all.length / size) }, (_unused, at) => all.slice(at * size, (at + 1) * size));
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
const redraw = (results) => {
  for (const { id } of results) document.dispatchEvent(new CustomEvent("live:ticket", { detail: { id } }));
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.id !== "bulk") return;
  event.preventDefault();
  event.stopPropagation();
  const values = Object.fromEntries(new FormData(form));
  if (!Object.entries(values).some(([name, value]) => name !== "ids" && value.trim())) return form.querySelector("select").focus();
  const ids = values.ids.split(",");
  const bar = form.querySelector("[data-progress]");
  const submit = form.querySelector("[type=submit]");
  submit.disabled = true;
  bar.hidden = false;
  const words = { ...form.dataset };
  const { results, failure } = await inPortions(
    cut(ids, Number(words.portion)),
    (portion) => send("/desk/bulk", { ...values, ids: portion.join(",") }, token()),
    (count) => (bar.querySelector("progress").value = count),
  );
  form.closest("dialog").close();
  tell(results, ids.length, failure, words);
}, true);

// The same without the form: for whoever knows what to change already.
export async function change(ids, values, words) {
  const { results, failure } = await inPortions(cut(ids, Number(words.portion)), (portion) => send("/desk/bulk", { ...values, ids: portion.join(",") }, token()));
  tell(results, ids.length, failure, words);
}

function tell(results, wanted, failure, words) {
  const changed = results.filter(({ outcome }) => outcome === "changed");
  const refused = results.filter(({ outcome }) => outcome === "refused");
  const missed = wanted - results.length;
  const parts = [words.done.replace("%", changed.length)];
  const absent = changed.find(({ away }) => away);
  if (absent) parts.push(absent.away);
  if (refused.length + missed) parts.push(words.failed.replace("%", refused.length + missed));
  if (refused.length) parts.push(`#${refused[0].id}: ${refused[0].reason}`);
  else if (failure?.message) parts.push(decodeURIComponent(failure.message));
  chosen.clear();
  // what could not be changed stays chosen, for another try
  for (const { id } of refused) chosen.add(id);
  show();
  toast({ text: parts.join(" · "), meaning: failure ? "danger" : "", undo: changed.length ? () => putBack(changed, words) : "" });
  redraw(changed);
  const problems = changed.filter(({ incidents }) => incidents).map(({ id }) => id);
  if (!problems.length) return;
  const address = problems.length > 1 ? `/desk/incidents?ids=${problems.join(",")}` : `/desk/tickets/${problems[0]}/incidents`;
  document.dispatchEvent(new CustomEvent("offer", { detail: { address } }));
}

async function putBack(changed, words) {
  const before = changed.map((result) => result.before);
  const { results, failure } = await inPortions(cut(before, Number(words.portion)), (portion) => send("/desk/bulk/undo", { before: JSON.stringify(portion) }, token()));
  const back = results.filter(({ outcome }) => outcome !== "refused");
  const parts = [words.undone.replace("%", back.length)];
  if (back.length < before.length) parts.push(words.left.replace("%", before.length - back.length));
  toast({ text: parts.join(" · "), meaning: failure ? "danger" : "" });
  redraw(back);
}
