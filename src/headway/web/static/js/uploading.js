// The bar of an upload: how much of it has left.
const megabytes = (size) => (size / 1e6).toFixed(size < 1e7 ? 1 : 0);

document.addEventListener("htmx:xhr:progress", (event) => {
  const place = event.target.closest?.("form[data-upload]")?.querySelector("[data-uploading]");
  if (!place || !event.detail.lengthComputable || !event.detail.total) return;
  const { loaded, total } = event.detail;
  const bar = place.querySelector("progress");
  const words = place.querySelector("[data-words]");
  place.hidden = false;
  bar.max = total;
  bar.value = loaded;
  words.textContent = words.dataset.words.replace("%", megabytes(loaded)).replace("%", megabytes(total));
});
