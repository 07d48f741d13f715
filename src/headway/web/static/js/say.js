// Words for screen readers, spoken politely: what happened that an eye would see by itself.
const place = document.getElementById("said");

export function say(words) {
  if (!place || !words) return;
  // the same words twice are spoken twice
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 50);
}
