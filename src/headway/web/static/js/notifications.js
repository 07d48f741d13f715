// What concerns the reader: the bell's number, and, when they asked for it, the desktop. The tab that listens for all
// others asks once and tells them.
import { isLeader } from "./live.js";
import { visit } from "./places.js";

const others = "BroadcastChannel" in window ? new BroadcastChannel("headway-bell") : null;
const key = `headway-newest:${document.body.dataset.person}`;
const bell = () => document.getElementById("bell-count");
const can = "Notification" in window;

function count(number) {
  const place = bell();
  if (!place) return;
  place.hidden = !number;
  place.dataset.count = number;
  place.textContent = number < 100 ? number : "99+";
  place.setAttribute("aria-label", (place.closest("[data-words]")?.dataset.words ?? "%").replace("%", number));
}

async function look() {
  const after = localStorage.getItem(key);
  const answer = await fetch(`/desk/notifications/news${after ? `?after=${after}` : ""}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const { count: number, newest, items } = await answer.json();
  localStorage.setItem(key, newest);
  count(number);
  others?.postMessage({ number });
  // who looks at the desk sees it there
  if (can && Notification.permission === "granted" && !document.hasFocus()) items.forEach(pop);
}

function pop({ id, title, body, href }) {
  const shown = new Notification(title, { body, tag: `headway-${id}`, icon: "/static/icon.svg" });
  shown.addEventListener("click", () => {
    focus();
    visit(href);
    shown.close();
  });
}

let timer;
document.addEventListener("live:notified", () => {
  if (!isLeader()) return;
  clearTimeout(timer);
  timer = setTimeout(look, 300);
});
document.addEventListener("bell", ({ detail }) => {
  count(detail.count);
  others?.postMessage({ number: detail.count });
  const list = document.getElementById("m-bell");
  if (list?.matches(":popover-open")) list.hidePopover();
  for (const item of document.querySelectorAll(".bell-item[data-unread]")) {
    item.removeAttribute("data-unread");
    item.querySelector(".aloud")?.remove();
  }
});
if (others) others.onmessage = ({ data }) => count(data.number);
// nothing of the past stands on the desktop when somebody comes in
if (!localStorage.getItem(key) && bell()) look().catch(() => {});

// The list is asked for at each opening.
document.getElementById("m-bell")?.addEventListener("toggle", (event) => {
  if (event.newState === "open") window.htmx.ajax("GET", "/desk/notifications", { source: "#m-bell", target: "#m-bell", swap: "innerHTML" });
});
document.addEventListener("click", (event) => {
  const item = event.target.closest?.("#m-bell .bell-item");
  if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.getElementById("m-bell").hidePopover();
  visit(item.getAttribute("href"));
});

// The browser is asked only when its person presses the button.
function state() {
  const place = document.querySelector("[data-desktop]");
  if (!place) return;
  const now = can ? Notification.permission : "none";
  place.querySelector("[data-desktop-state]").textContent = place.dataset[now] ?? "";
  place.querySelector("[data-desktop-ask]").hidden = now !== "default";
}
document.addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-desktop-ask]")) return;
  await Notification.requestPermission();
  state();
});
state();
