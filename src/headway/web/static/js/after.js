// After acting on the open ticket, as its reader chose: stay, go on to the next one of the list, or back to the list.
import { close, visit } from "./places.js";

const where = document.body.dataset.after;
const acts = /^\/desk\/tickets\/(\d+)\/(replies|closure|snooze|suspicion)$/;

function nextOf(number) {
  const row = document.getElementById(`row-${number}`);
  const all = [...document.querySelectorAll("#rows > li[id^=row-]")];
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1];
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (where !== "next" && where !== "list") return;
  const [, number] = detail.pathInfo?.requestPath.split("?")[0].match(acts) ?? [];
  if (!number || !detail.successful || detail.requestConfig.verb !== "post") return;
  if (document.querySelector("#pane .ticket")?.dataset.ticket !== number || !document.getElementById("found")) return;
  // a note is a thought on the way, not an end
  const form = detail.requestConfig.formData ?? new FormData();
  if (form.get?.("mode") === "note") return;
  const next = where === "next" ? nextOf(number) : null;
  // once what came with the answer is drawn
  setTimeout(() => (next ? visit(next.querySelector(".row").getAttribute("href")) : close()));
});
