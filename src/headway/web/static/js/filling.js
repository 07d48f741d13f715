// A suggestion is put into its field by a press; whoever pressed it still saves the form.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fill]");
  const field = button && document.getElementById(button.dataset.fill);
  if (!field) return;
  field.value = button.dataset.value;
  field.focus();
});
