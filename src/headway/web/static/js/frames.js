// A mail's own look stays in a frame without scripts; the frame is made as tall as the mail.
// A very long one is cut after a screen or two, until its reader wants all of it.
const longest = 1400;
const shown = 900;

function fit(frame) {
  const page = frame.contentDocument;
  if (!page?.body) return;
  const all = frame.parentElement.querySelector("[data-show-all]");
  const tall = () => {
    const whole = page.documentElement.scrollHeight;
    const cut = whole > longest && "long" in frame.dataset;
    if (all) all.hidden = !cut;
    frame.style.height = `${cut ? shown : Math.min(whole, 20_000)}px`;
  };
  const open = () => {
    delete frame.dataset.long;
    page.documentElement.scrollTop = 0;
    tall();
    all?.remove();
  };
  // whatever scrolls inside it looks for what is cut off: the search in the page, the focus
  page.addEventListener("scroll", () => "long" in frame.dataset && page.documentElement.scrollTop > 0 && open());
  frame.addEventListener("show-all", open);
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
