// The composer: reply or note, sent by keys.
export function setMode(form, mode) {
  const choice = form.querySelector(`input[name=mode][value=${mode}]`);
  if (!choice) return;
  choice.checked = true;
  form.dataset.mode = mode;
  form.elements.body.placeholder = form.dataset[`${mode}Placeholder`] ?? "";
  form.elements.body.setAttribute("aria-label", form.dataset[`${mode}Placeholder`] ?? "");
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".composer");
  if (!form || event.target.name !== "mode") return;
  setMode(form, event.target.value);
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.body.focus();
});

// "r" and "n" from anywhere on the ticket.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-compose]");
  const form = button && document.querySelector(".composer");
  if (!form) return;
  setMode(form, button.dataset.compose);
  form.elements.body.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
  const form = event.target.closest?.("form");
  if (!form) return;
  const sends = form.matches(".composer")
    ? form.querySelector(`[data-for~=${form.dataset.mode}] [data-send=${event.shiftKey ? "shift" : "plain"}], [data-for~=${form.dataset.mode}][data-send=${event.shiftKey ? "shift" : "plain"}]`)
    : form.querySelector("[type=submit]");
  if (!sends) return;
  event.preventDefault();
  sends.click();
});
