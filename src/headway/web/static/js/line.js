// The line to Headway. When it is lost, a bar says so; it looks again by itself and goes away once all is well. What is
// typed stays where it is.
import { typed } from "./leaving.js";
import { hold, present } from "./session.js";

const bar = document.getElementById("line");
const soonest = 2000;
const latest = 30_000;
let lost = false;
let wait = soonest;
let timer;

function lose() {
  if (!bar || lost) return;
  lost = true;
  bar.hidden = false;
  wait = soonest;
  timer = setTimeout(look, wait);
}

const ask = () => fetch("/desk/trouble", { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
const away = (answer) => !answer || [502, 503, 504].includes(answer.status);

async function look() {
  clearTimeout(timer);
  const answer = await ask();
  if (!lost) return;
  if (away(answer)) {
    wait = Math.min(wait * 2, latest);
    timer = setTimeout(look, wait);
    return;
  }
  lost = false;
  bar.hidden = true;
  // what was missed meanwhile is asked for, and what was typed is saved
  document.dispatchEvent(new CustomEvent("live:again", { detail: {} }));
  dispatchEvent(new Event("online"));
}

for (const failed of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(failed, lose);
addEventListener("offline", lose);
addEventListener("online", () => lost && look());
document.addEventListener("visibilitychange", () => !document.hidden && lost && look());
document.addEventListener("click", (event) => event.target.closest?.("[data-line-look]") && look());
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => away(detail.xhr) && lose());

// A form that is sent into the void would be gone with what was typed in it, and so would one of an ended session.
let sure = null;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !bar || form === sure || !typed(form)) return;
  event.preventDefault();
  const send = () => {
    sure = form;
    form.requestSubmit(event.submitter);
    sure = null;
  };
  const state = await present();
  if (state === "lost") lose();
  else if (state === "here") send();
  else hold(state, send);
});
