// Who else is at the ticket. This window says what it has in front of it: when that changes, and every 25 seconds;
// a window that is hidden or closed says so at once. What is drawn stays when the head is drawn anew.
const name = Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
const beat = 25_000;
const pause = 6_000; // nobody types who has not pressed a key for so long
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"] ?? "";
const pane = document.getElementById("pane");
const open = () => (document.hidden ? null : (document.querySelector("#pane .ticket")?.dataset.ticket ?? null));
const address = (number) => `/desk/tickets/${number}/presence`;
let at = null; // the ticket this window was last said to have in front of it
let doing = "looking";
let resting;
let shown = { number: null, head: "", foot: "" };

async function ask(number, options) {
  const answer = await fetch(address(number), { headers: { "HX-Request": "true", "x-csrftoken": token() }, ...options }).catch(() => null);
  if (!answer?.ok || answer.status === 204 || open() !== number) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown = { number, head: page.querySelector("[data-head]")?.innerHTML ?? "", foot: page.querySelector("[data-foot]")?.innerHTML ?? "" };
  draw();
}

function draw() {
  const here = open() === shown.number ? shown : { head: "", foot: "" };
  const scroll = document.getElementById("conversation");
  // who is at the end stays there, though the room for it changes
  const atEnd = scroll && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  for (const [id, html] of [["presence", here.head], ["typing", here.foot]]) {
    const place = document.getElementById(id);
    if (place && place.innerHTML !== html) place.innerHTML = html;
  }
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
}

function say() {
  const number = open();
  if (at && at !== number) leave();
  if (!number) return;
  at = number;
  ask(number, { method: "POST", body: new URLSearchParams({ window: name, doing }) });
}

function leave() {
  if (!at) return;
  fetch(`${address(at)}?window=${name}`, { method: "DELETE", keepalive: true, headers: { "x-csrftoken": token() } }).catch(() => {});
  at = null;
}

function does(what) {
  if (doing === what) return;
  doing = what;
  if (at) say();
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".composer[data-draft]");
  if (!form || !event.isTrusted) return;
  does(event.target.name === "body" && event.target.value.trim() ? form.dataset.mode : "looking");
  clearTimeout(resting);
  resting = setTimeout(does, pause, "looking");
});
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : say()));
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && say());
setInterval(() => open() && say(), beat);

// Another ticket, or none.
if (pane) {
  new MutationObserver(() => {
    if (open() === at) return;
    doing = "looking";
    say();
    draw();
  }).observe(pane, { childList: true });
  say();
}
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => detail.target?.id === "ticket-head" && draw());

// At most one look in two seconds, however many come and go.
let last = 0;
let timer;
document.addEventListener("live:presence", ({ detail }) => {
  const number = open();
  if (!number || !detail.ids.includes(Number(number))) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    last = Date.now();
    ask(number, {});
  }, Math.max(50 + Math.random() * 200, last + 2000 - Date.now()));
});
document.addEventListener("live:again", () => open() && say());
