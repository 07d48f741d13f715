// Panes as somebody likes them: one ticket alone, the panel beside it put away or wider. Their habit, in every browser.
import { land } from "./focus.js";
import { hold } from "./held.js";
import { keep } from "./theme.js";

const root = document.documentElement;
const beside = matchMedia("(min-width: 1280px)");

function alone(on) {
  root.toggleAttribute("data-alone", on);
  for (const button of document.querySelectorAll("[data-alone]:not(html)")) button.setAttribute("aria-pressed", String(on));
}

function toggleSide() {
  if (!beside.matches) {
    const ticket = document.querySelector("#pane .ticket");
    ticket.dataset.side = ticket.dataset.side === "open" ? "" : "open";
    if (ticket.dataset.side === "open") document.getElementById("side").focus();
    return;
  }
  const closed = root.dataset.side !== "closed";
  if (closed) root.dataset.side = "closed";
  else delete root.dataset.side;
  keep({ side: closed ? "closed" : "" });
  // what was in the panel is out of sight
  if (closed && document.activeElement === document.body) land(document.querySelector("#pane h1"));
}

// The panel, wherever it is put away.
export function showSide() {
  if (document.querySelector("#pane .ticket")?.dataset.side !== "open" && !document.getElementById("side")?.checkVisibility({ visibilityProperty: true })) toggleSide();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-alone]:not(html)")) alone(!root.hasAttribute("data-alone"));
  else if (event.target.closest?.("[data-close-ticket]")) alone(false);
  else if (event.target.closest?.("[data-side-toggle]")) toggleSide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.hasAttribute("data-alone") && event.target === document.body && !document.querySelector("dialog[open], [popover]:popover-open")) alone(false);
});
// another ticket, drawn while one is alone
document.addEventListener("htmx:load", () => root.hasAttribute("data-alone") && alone(true));

const widths = (edge) => edge.dataset.widths.split(" ").map(Number);
const nearest = (edge, wanted) => widths(edge).reduce((best, width) => (Math.abs(width - wanted) < Math.abs(best - wanted) ? width : best));

function widen(edge, width) {
  if (width === 280) delete root.dataset.sideWidth;
  else root.dataset.sideWidth = width;
  edge.setAttribute("aria-valuenow", width);
}

const save = (edge) => {
  const width = Number(edge.getAttribute("aria-valuenow"));
  keep({ side_width: width === 280 ? 0 : width });
};

document.addEventListener("pointerdown", (event) => {
  const edge = event.target.closest?.(".side-edge");
  if (!edge || event.button) return;
  event.preventDefault();
  const box = edge.parentElement.getBoundingClientRect();
  const move = ({ clientX }) => widen(edge, nearest(edge, root.dir === "rtl" ? clientX - box.left : box.right - clientX));
  hold(edge, event, { move, over: () => save(edge) });
});

document.addEventListener("keydown", (event) => {
  const edge = event.target.closest?.(".side-edge");
  const outwards = root.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  if (!edge || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const all = widths(edge);
  const at = all.indexOf(Number(edge.getAttribute("aria-valuenow")));
  const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + (event.key === outwards ? 1 : -1);
  if (all[next]) {
    widen(edge, all[next]);
    save(edge);
  }
});
