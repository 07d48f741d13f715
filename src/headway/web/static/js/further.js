// The next rows of a list are fetched before their place comes into sight: neither the wheel nor a key meets an end
// that is none.
const AHEAD = "300px 0px";
let watcher = null;

function look() {
  watcher?.disconnect();
  const place = document.querySelector("#rows > .more");
  if (!place) return;
  const near = ([seen]) => seen.isIntersecting && window.htmx.trigger(place, "near");
  watcher = new IntersectionObserver(near, { root: place.closest(".scroll"), rootMargin: AHEAD });
  watcher.observe(place);
}

document.addEventListener("htmx:load", look);
