// After acting on the open ticket, as its reader chose: stay, go on to the next one of the list, or back to the list.
import { land } from "./focus.js";
import { close, visit } from "./places.js";
import { say } from "./say.js";

const where = document.body.dataset.after;
const acts = /^\/desk\/tickets\/(\d+)\/(replies|closure|snooze|suspicion)$/;

function nextOf(row) {
  const all = [...document.querySelectorAll("#rows > li[id^=row-]")];
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1];
}

// The next one opens, its subject is spoken, and whoever sat in the composer sits at its head.
async function goOn(row) {
  const writing = document.activeElement?.closest?.("#pane");
  await visit(row.getAttribute("href"));
  say((document.body.dataset.next ?? "%").replace("%", row.querySelector(".row-subject b")?.textContent ?? ""));
  if (writing || document.activeElement === document.body) land(document.querySelector("#pane h1"));
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (where !== "next" && where !== "list") return;
  const [, number] = detail.pathInfo?.requestPath.split("?")[0].match(acts) ?? [];
  // what was refused is looked at first
  if (!number || !detail.successful || detail.xhr.status >= 400 || detail.requestConfig.verb !== "post") return;
  if (document.querySelector("#pane .ticket")?.dataset.ticket !== number || !document.getElementById("found")) return;
  // a note is a thought on the way, not an end
  const form = detail.requestConfig.formData ?? new FormData();
  if (form.get?.("mode") === "note") return;
  const row = document.getElementById(`row-${number}`);
  // a ticket that is none of the list has no next one
  if (!row && where === "next") return;
  const next = where === "next" ? nextOf(row) : null;
  // once what came with the answer is drawn
  setTimeout(() => (next ? goOn(next.querySelector(".row")) : close()));
});
