// Leaving a form that was changed and not saved asks first: links and other forms of the page, Escape in a dialog,
// reloading, closing the window. The composer is not asked about: it keeps what is typed by itself.
const dialog = document.getElementById("leaving");
const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const saves = (form) => (form.method === "post" || form.matches("[hx-post], [hx-put]")) && !form.matches(".composer") && !form.closest("[popover]");
// Sent on its way, or left knowingly: not asked about again.
let going = false;

// What a field holds beside what it was drawn with.
function differs(field) {
  if (!field.name || field.disabled || field.type === "hidden" || field.type === "search" || field.type === "submit") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const drawn = [...field.options].filter((option) => option.defaultSelected);
  if (field.multiple || drawn.length) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.selectedIndex > 0;
}

// A form that was refused is drawn with what was typed: that is not saved either.
const refused = (form) => Boolean(form.querySelector("[aria-invalid]"));
const changed = (form) => saves(form) && visible(form) && (refused(form) || [...form.elements].some(differs));
const any = (root = document, but = null) => !going && [...root.querySelectorAll("form")].some((form) => form !== but && changed(form));

// Whether something is typed that only this page holds; in `form`, if one is named.
export const typed = (form = null) => (form ? form.method === "post" && changed(form) : any());

function leave() {
  going = true;
  // a download leaves nothing
  setTimeout(() => (going = false), 5000);
}

function ask(then) {
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "leave") then();
  }, { once: true });
}

addEventListener("beforeunload", (event) => {
  if (dialog && any()) event.preventDefault();
});
addEventListener("pageshow", () => (going = false));

// Before whatever else would follow the link.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!dialog || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.target === "_blank" || link.hasAttribute("download") || link.getAttribute("href").startsWith("#") || !any()) return;
  event.preventDefault();
  event.stopPropagation();
  ask(() => {
    leave();
    link.click();
  });
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.matches("[hx-get], [hx-post], [hx-put], [hx-delete]")) return;
  if (!dialog || !any(document, form)) return leave();
  event.preventDefault();
  event.stopPropagation();
  ask(() => {
    leave();
    form.requestSubmit(event.submitter);
  });
}, true);

// What htmx would put in the place of a changed form: buttons and keys that open something where it stands.
const keeps = (element) => /^(none|before|after)/.test(element.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "");
document.addEventListener("htmx:confirm", (event) => {
  const { elt, target, triggeringEvent, issueRequest } = event.detail;
  const meant = ["click", "submit"].includes(triggeringEvent?.type) ? !keeps(elt) : target?.id === "pane";
  if (!dialog || !target || !meant || !any(target, elt.closest("form"))) return;
  event.preventDefault();
  ask(() => issueRequest(true));
});

// Escape and a press outside close a dialog; its own Cancel is meant. Beside a ticket only long texts are worth asking.
const lost = (closing) => any(closing) && (!document.getElementById("pane") || [...closing.querySelectorAll("textarea")].some(differs));
export function close(closing) {
  if (!dialog || closing === dialog || !lost(closing)) return closing.close();
  ask(() => closing.close());
}
document.addEventListener("cancel", (event) => {
  if (!dialog || event.target === dialog || !event.target.matches?.("dialog") || !lost(event.target)) return;
  event.preventDefault();
  close(event.target);
}, true);
