import { close } from "./leaving.js";

// Dialogs: opened by [data-dialog="id"], closed by [data-close], Escape or a press outside. Focus returns by itself.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog && !dialog.open) dialog.showModal();
    return;
  }
  const closer = event.target.closest?.("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  else if (event.target.matches?.("dialog.dialog") && outside(event.target, event)) close(event.target);
});

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

// What was just done offers a next step: its dialog opens by itself.
document.addEventListener("offer", ({ detail }) => {
  window.htmx.ajax("GET", detail.address, { source: "#modal", target: "#modal", swap: "innerHTML" });
});

// A dialog that came from the server opens at once.
document.addEventListener("htmx:load", (event) => {
  const found = event.target.matches?.("dialog[data-open]") ? event.target : event.target.querySelector?.("dialog[data-open]");
  if (found && !found.open) found.showModal();
});
