// Where the on-screen keyboard covers the page instead of making it smaller, the desk ends above it: what is written
// and the buttons below it stay in sight.
const seen = window.visualViewport;

function fit() {
  const root = document.documentElement;
  // enlarged with two fingers, the page is looked at in parts and stays as it is
  const covered = seen.scale > 1.01 ? 0 : Math.round(root.clientHeight - seen.height);
  if (covered < 80) {
    root.style.removeProperty("--keyboard");
    return;
  }
  root.style.setProperty("--keyboard", `${covered}px`);
  // the browser has pushed the page up to show the field; it is in sight by itself now
  if (seen.offsetTop) window.scrollTo(0, 0);
}

if (seen) {
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
}
