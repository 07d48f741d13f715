// A choice is seen at once: the button that shows a ticket's status, priority, team or assignee takes the chosen words
// when they are pressed, with a bar under them until Headway has answered. The answer draws the button anew; where it does
// not, nothing changed, and what was is put back.
const before = new Map(); // by request: what stood there

// The item that says what a press leads to: the one pressed in a menu, or the status that solving or reopening gives.
function chosen(form, pressed) {
  const item = pressed?.closest?.(".menu-item");
  if (item?.ariaChecked === "false") return item;
  const { becomes } = form.dataset;
  return becomes ? document.querySelector(`#m-status .menu-item[value="${becomes}"]`) : null;
}

const shownBy = (item) => document.querySelector(`#ticket-head [popovertarget="${item.closest("[popover]").id}"]`);
// glyph or avatar, and the words
const parts = (button) => [...button.children].filter((child) => !child.matches(".tick, kbd"));

document.addEventListener("htmx:beforeSend", ({ detail: { xhr, elt, requestConfig } }) => {
  if (requestConfig.verb === "get" || !elt.closest("#ticket-head")) return;
  const item = chosen(elt, requestConfig.triggeringEvent?.submitter ?? elt);
  const button = item && shownBy(item);
  if (!button) return;
  before.set(xhr, { button, was: [...button.childNodes] });
  button.replaceChildren(...parts(item).map((part) => part.cloneNode(true)));
  button.ariaBusy = "true";
});

document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
  const one = before.get(xhr);
  before.delete(xhr);
  if (!one?.button.isConnected) return;
  one.button.replaceChildren(...one.was);
  one.button.ariaBusy = null;
});
