// A mail's own look stays in a frame without scripts; the frame is made as tall as the mail.
function fit(frame) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  const tall = () => (frame.style.height = `${Math.min(page.documentElement.scrollHeight, 20_000)}px`);
  frame.style.height = "0";
  tall();
  for (const image of page.images) if (!image.complete) image.addEventListener("load", tall);
  new ResizeObserver(tall).observe(page.body);
}

document.addEventListener("load", (event) => {
  if (event.target.matches?.("iframe.message-html")) fit(event.target);
}, true);
for (const frame of document.querySelectorAll("iframe.message-html")) if (frame.contentDocument?.readyState === "complete") fit(frame);
