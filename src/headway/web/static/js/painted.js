// What can wait until the page has been seen. Told of as "painted" on the body, once: what a page fetches for later
// waits for it. Making its many links fetch parts takes longer than drawing them; until then they lead to whole pages.
const parts = [...document.querySelectorAll("[hx-boost]")].map((part) => [part, part.getAttribute("hx-boost")]);
for (const [part] of parts) part.removeAttribute("hx-boost");
let told = false;

function tell() {
  if (told) return;
  told = true;
  for (const [part, value] of parts) part.setAttribute("hx-boost", value);
  for (const [part] of parts) window.htmx.process(part);
  window.htmx.trigger(document.body, "painted");
}

// The frame is drawn between the two. A page in a tab that nobody looks at draws none.
requestAnimationFrame(() => setTimeout(tell));
setTimeout(tell, 1000);
