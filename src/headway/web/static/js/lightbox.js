// The lightbox: arrows go to the files beside, its name is spoken, and what plays in it stops when it closes.
import { say } from "./say.js";

const steps = { ArrowLeft: "previous", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("dialog.lightbox");
  // sound, film and wide tables have arrows of their own
  if (!box || !(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("audio, video, iframe, [role=region]")) return;
  const turned = getComputedStyle(box).direction === "rtl";
  const wanted = turned ? steps[event.key === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"] : steps[event.key];
  box.querySelector(`[data-beside="${wanted}"]`)?.click();
  event.preventDefault();
});

// Phones' browsers, and others without a viewer of their own, draw a PDF in a frame as nothing at all.
document.addEventListener("htmx:load", ({ target }) => {
  const frame = navigator.pdfViewerEnabled ? null : target.querySelector?.("iframe[data-pdf]");
  if (!frame) return;
  frame.nextElementSibling.hidden = false;
  frame.remove();
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "lightbox") say(target.querySelector("h2").textContent);
});

// After the browser has given the focus back to where it came from.
document.addEventListener("close", ({ target }) => {
  if (target.matches?.("dialog.lightbox")) setTimeout(() => target.remove());
}, true);
