// Markdown by button and key, and who gets a copy: addresses new to the ticket are named before anything is sent.
const wraps = { bold: ["**", "**"], italic: ["*", "*"], code: ["`", "`"] };
const starts = { list: "- ", quote: "> " };

// The browser's own undo stays: text goes in as if it were typed.
function type(field, words) {
  field.focus();
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(field, [before, after]) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const chosen = value.slice(from, to);
  if (value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after) {
    field.setSelectionRange(from - before.length, to + after.length);
    type(field, chosen);
    field.setSelectionRange(from - before.length, to - before.length);
    return;
  }
  type(field, before + chosen + after);
  field.setSelectionRange(from + before.length, to + before.length);
}

function start(field, mark) {
  const { value } = field;
  const from = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const all = lines.every((line) => line.startsWith(mark));
  field.setSelectionRange(from, to);
  const made = lines.map((line) => (all ? line.slice(mark.length) : mark + line)).join("\n");
  if (made) type(field, made);
  else document.execCommand("delete");
}

function link(field) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const chosen = value.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(chosen);
  type(field, isAddress ? `[](${chosen})` : `[${chosen}](https://)`);
  if (isAddress || !chosen) field.setSelectionRange(from + 1, from + 1);
  else field.setSelectionRange(from + chosen.length + 3, from + chosen.length + 11);
}

export function format(field, kind) {
  if (wraps[kind]) wrap(field, field.value.slice(field.selectionStart, field.selectionEnd).includes("\n") && kind === "code" ? ["```\n", "\n```"] : wraps[kind]);
  else if (starts[kind]) start(field, starts[kind]);
  else link(field);
}

document.addEventListener("pointerdown", (event) => {
  // the text keeps its selection
  if (event.target.closest?.("[data-format]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-format]");
  if (button) format(button.closest("form").elements.body, button.dataset.format);
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !event.target.matches?.(".composer textarea")) return;
  const kind = { b: "bold", i: "italic" }[event.key.toLowerCase()];
  if (!kind) return;
  event.preventDefault();
  format(event.target, kind);
});

function tell(form) {
  const place = form.querySelector(".composer-addresses");
  const told = form.querySelector(".new-recipients");
  if (!place) return;
  const known = new Set(place.dataset.known.toLowerCase().split(" "));
  const written = form.elements.cc.value.toLowerCase().match(/[^\s,;<>"]+@[^\s,;<>"]+/g) ?? [];
  const fresh = [...new Set(written)].filter((address) => !known.has(address));
  told.hidden = !fresh.length;
  told.textContent = fresh.length ? told.dataset.words.replace("%", fresh.join(", ")) : "";
}

document.addEventListener("input", (event) => {
  if (event.target.name === "cc" && event.target.closest(".composer")) tell(event.target.form);
});
