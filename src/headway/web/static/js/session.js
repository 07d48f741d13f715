// A page outlives its session: what is typed in it stays there until the same person is signed in again, in another tab,
// and sends it. Nothing of it is kept anywhere else.
import { typed } from "./leaving.js";

const dialog = document.getElementById("signed-out");
let again = null;

// "here", "gone" (nobody is signed in), "other" (somebody else is), or "lost" (Headway does not answer).
export async function present() {
  const answer = await fetch("/desk/session", { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (!answer || [502, 503, 504].includes(answer.status)) return "lost";
  const found = answer.ok && !answer.redirected ? await answer.json().catch(() => null) : null;
  if (!found) return "gone";
  if (String(found.person) !== document.body.dataset.person) return "other";
  renew(found.token);
  return "here";
}

function renew(token) {
  document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
}

// Says what is missing; `send` is done once its person is back.
export function hold(state, send = null) {
  again = send;
  say(state);
  if (!dialog.open) dialog.showModal();
}

function say(state) {
  for (const words of dialog.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== state;
}

dialog?.querySelector("[data-signed-in]").addEventListener("click", async () => {
  const state = await present();
  if (state !== "here") return say(state === "gone" ? "still" : state);
  dialog.close();
  again?.();
  again = null;
});

// A part of the page would have loaded all of it anew.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!dialog || event.detail.xhr.status !== 401 || !typed()) return;
  event.preventDefault();
  hold("gone");
});
