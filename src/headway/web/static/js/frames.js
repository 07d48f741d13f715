// A mail's own look stays in a frame without scripts; the frame is made as tall as the mail.
function fit(frame) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  const tall = () => (frame.style.height = `${Math.min(page.documentElement.scrollHeight, 20_000)}px`);
  frame.style.height = "0";
  tall();
  for (const image of page.images) if (!image.complete) image.addEventListener("load", tall);
  new ResizeObserver(tall).observe(page.body);
  load([...page.querySelectorAll("img[data-image]")]);
}

// Pictures from elsewhere that the reader asked for come two at a time; one that finds the way taken is tried again.
async function load(images) {
  const next = async () => {
    for (let image = images.shift(); image; image = images.shift())
      if (!(await came(image))) await new Promise((on) => setTimeout(on, 1000)).then(() => came(image));
  };
  await Promise.all([next(), next()]);
}

function came(image) {
  return new Promise((on) => {
    image.onload = () => on(true);
    image.onerror = () => on(false);
    image.removeAttribute("src");
    image.src = image.dataset.image;
  });
}

document.addEventListener("load", (event) => {
  if (event.target.matches?.("iframe.message-html")) fit(event.target);
}, true);
for (const frame of document.querySelectorAll("iframe.message-html")) if (frame.contentDocument?.readyState === "complete") fit(frame);
