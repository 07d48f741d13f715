// The banner of channels that are down can be hidden, for this browser's session and for just this trouble:
// when another channel fails, or the same one anew, it is there again.
const name = "headway-trouble";

function settle(root) {
  const banner = root.querySelector?.("[data-trouble]") ?? (root.matches?.("[data-trouble]") ? root : null);
  if (banner && sessionStorage.getItem(name) === banner.dataset.trouble) banner.remove();
}

document.addEventListener("htmx:load", (event) => settle(event.target));

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-trouble-hide]")) return;
  const banner = event.target.closest("[data-trouble]");
  sessionStorage.setItem(name, banner.dataset.trouble);
  banner.remove();
  document.getElementById("main")?.focus();
});
