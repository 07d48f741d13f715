// Something held by a pointer, mouse or finger alike, from the press until it is let go. Escape, or what takes the pointer
// or the thing itself away, ends it as well: then `over` hears false.
export function hold(thing, { pointerId }, { move, over }) {
  const ending = new AbortController();
  const { signal } = ending;
  const end = (dropped) => {
    ending.abort();
    delete thing.dataset.moving;
    over(dropped);
  };
  const mine = (act) => (event) => event.pointerId === pointerId && act(event);
  thing.setPointerCapture(pointerId);
  thing.dataset.moving = "";
  // at the document: a thing that is drawn anew no longer hears of it
  document.addEventListener("pointermove", mine((event) => (thing.isConnected ? move(event) : end(false))), { signal });
  document.addEventListener("pointerup", mine(() => end(thing.isConnected)), { signal });
  document.addEventListener("pointercancel", mine(() => end(false)), { signal });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end(false);
  }, { signal, capture: true });
}
