// Files for the composer: chosen, pasted or dropped; each can be taken off again before it is sent.
const composerOf = (element) => element?.closest?.(".composer");

function show(form) {
  const place = form.querySelector("[data-attached]");
  const files = [...form.elements.files.files];
  place.hidden = !files.length;
  place.replaceChildren(...files.map((file, number) => line(form, file, number)));
}

function line(form, file, number) {
  const item = document.createElement("li");
  const chip = document.createElement("span");
  chip.className = "attachment";
  const name = document.createElement("span");
  name.className = "clip";
  name.textContent = file.name;
  const size = document.createElement("small");
  size.textContent = file.size < 1e6 ? `${Math.max(1, Math.round(file.size / 1e3))} kB` : `${(file.size / 1e6).toFixed(1)} MB`;
  const off = document.createElement("button");
  off.type = "button";
  off.textContent = "×";
  off.setAttribute("aria-label", form.dataset.remove.replace("%", file.name));
  off.addEventListener("click", () => {
    put(form, [...form.elements.files.files].filter((_, at) => at !== number));
    form.elements.body.focus();
  });
  chip.append(name, size, off);
  item.append(chip);
  return item;
}

function put(form, files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  form.elements.files.files = carrier.files;
  show(form);
}

// A picture from the clipboard is always called the same; several need names of their own.
function named(file, number) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  return new File([file], file.name.replace("image", `image-${number}`), { type: file.type });
}

function add(form, files) {
  const before = [...form.elements.files.files];
  put(form, [...before, ...[...files].map((file, at) => named(file, before.length + at + 1))]);
}

// What was chosen comes to what is there already.
const chosen = new WeakMap();
document.addEventListener("click", (event) => {
  if (event.target.matches?.(".composer input[type=file]")) chosen.set(event.target, [...event.target.files]);
});
document.addEventListener("change", (event) => {
  const form = composerOf(event.target);
  if (!form || event.target.type !== "file") return;
  put(form, [...(chosen.get(event.target) ?? []), ...event.target.files]);
  chosen.delete(event.target);
});

document.addEventListener("paste", (event) => {
  const form = composerOf(event.target);
  // words that carry a picture of themselves (from a spreadsheet, say) are pasted as words
  if (!form || !event.clipboardData?.files.length || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  add(form, event.clipboardData.files);
});

const carries = (event) => event.dataTransfer?.types.includes("Files");
document.addEventListener("dragover", (event) => {
  const form = composerOf(event.target);
  if (!carries(event)) return;
  event.preventDefault(); // a file that misses the composer does not replace the page
  if (form) form.dataset.over = "true";
  else document.querySelector(".composer[data-over]")?.removeAttribute("data-over");
});
document.addEventListener("dragleave", (event) => {
  const form = composerOf(event.target);
  if (form && !form.contains(event.relatedTarget)) form.removeAttribute("data-over");
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  const form = composerOf(event.target);
  document.querySelector(".composer[data-over]")?.removeAttribute("data-over");
  if (form) add(form, event.dataTransfer.files);
});
