// The focus is never lost: what held it before a part of the page was drawn anew, or what stands in its place, has it after.
const regions = "#pane, #list, #counts, .page-body";
let held = null;

// How to find the same thing again in what replaces it.
function describe(element) {
  const names = [];
  if (element.id) names.push(`#${CSS.escape(element.id)}`);
  if (element.dataset.key) names.push(`[data-key="${CSS.escape(element.dataset.key)}"]`);
  const target = element.getAttribute("popovertarget");
  if (target) names.push(`[popovertarget="${CSS.escape(target)}"]`);
  if (element.matches("a[href]")) names.push(`a[href="${CSS.escape(element.getAttribute("href"))}"]`);
  if (element.name) names.push(`[name="${CSS.escape(element.name)}"]${element.value && element.matches("button, [type=radio], [type=checkbox]") ? `[value="${CSS.escape(element.value)}"]` : ""}`);
  return { element, names, region: element.closest(regions)?.id };
}

function remember(event) {
  const active = document.activeElement;
  const target = event.detail.target;
  if (active && active !== document.body && target?.contains?.(active)) held = describe(active);
}

function restore() {
  if (!held || (document.activeElement && document.activeElement !== document.body)) return;
  if (held.element.isConnected) return;
  const region = (held.region && document.getElementById(held.region)) || document.getElementById("main");
  const again = held.names.map((name) => region?.querySelector(name)).find((found) => found?.checkVisibility?.() && !found.disabled);
  held = null;
  land(again ?? region?.querySelector("h1"));
}

// Headings take the focus only when they are given it.
export function land(element) {
  if (!element) return;
  if (element.matches("h1") && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:oobBeforeSwap", remember);
document.addEventListener("htmx:afterSettle", restore);
document.addEventListener("htmx:oobAfterSwap", restore);
