// The next rows of a list are fetched when their place comes into sight, and before it does once somebody moves down
// the list: neither the wheel nor a key meets an end that is none.
const AHEAD = "600px 0px";
let watcher = null;

function watch(place, list, margin) {
  watcher?.disconnect();
  const near = ([seen]) => seen.isIntersecting && window.htmx.trigger(place, "near");
  watcher = new IntersectionObserver(near, { root: list, rootMargin: margin });
  watcher.observe(place);
}

function look() {
  const place = document.querySelector("#rows > .more");
  const list = place?.closest(".scroll");
  if (!list) return watcher?.disconnect();
  if (list.scrollTop > 0) return watch(place, list, AHEAD);
  watch(place, list, "0px");
  list.addEventListener("scroll", look, { once: true, passive: true });
}

// told of for each row
let looking = 0;
document.addEventListener("htmx:load", () => {
  clearTimeout(looking);
  looking = setTimeout(look);
});
