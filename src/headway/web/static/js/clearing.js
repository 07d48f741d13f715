// A list or a ticket that gives way to the next is taken off the page in one piece: left to itself, htmx says goodbye
// to each of a thousand elements, and nobody listens. Comes after all who look at what goes.
const places = new Set(["found", "pane"]);

document.addEventListener("htmx:beforeSwap", ({ detail, defaultPrevented }) => {
  const { target, shouldSwap } = detail;
  // where the reader's place is in it, htmx finds it again
  if (defaultPrevented || !shouldSwap || !places.has(target.id) || target.contains(document.activeElement)) return;
  target.replaceChildren();
});
