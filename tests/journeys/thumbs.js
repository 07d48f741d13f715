// What a thumb cannot use on this screen: whatever reaches beyond its sides, and controls that take less than `target`
// pixels either way. A control is measured by what a finger meets: its box, its label, the room its style adds around it.
// Links within running text are left out, as in WCAG 2.5.8: the line's height decides over theirs.
(target) => {
  const width = innerWidth;
  const found = [];
  const controls =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=option]";
  // below an open dialog nothing can be tapped
  const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;

  const shown = (one) =>
    one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !one.closest(".aloud, .skip") &&
    !one.closest("thead")?.matches("[data-cards] > *");
  const named = (one) =>
    `${one.tagName.toLowerCase()}.${one.className} "${one.getAttribute("aria-label") || one.textContent.trim().replace(/\s+/g, " ").slice(0, 40) || one.name || one.id}"`;

  // what rolls sideways in a box of its own, or ends in an ellipsis, is not cut off
  const contained = (one) => {
    if (one.closest(".clip")) return true;
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
      const rolls = ["auto", "scroll"].includes(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth;
      if (rolls && !up.matches(".page, .scroll")) return true;
    }
    return false;
  };

  const inText = (one) =>
    one.matches("a") &&
    getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some((near) => near !== one && near.textContent.trim() && !near.matches?.("a, button"));

  const owner = (one) => one?.closest(controls) ?? one?.closest("label")?.control ?? null;
  const reach = (one, x, y, dx, dy) => {
    let far = 0;
    while (far < target && owner(document.elementFromPoint(x + dx * (far + 1), y + dy * (far + 1))) === one) far += 1;
    return far;
  };

  for (const one of top.querySelectorAll("*")) {
    const box = one.getBoundingClientRect();
    if (box.width < 2 || (box.right <= width + 1 && box.left >= -1) || !shown(one) || contained(one)) continue;
    found.push(`${named(one)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  for (const one of top.querySelectorAll(controls)) {
    const box = one.getBoundingClientRect();
    if (box.width < 1 || (box.width >= target && box.height >= target) || !shown(one) || one.disabled || inText(one)) continue;
    one.scrollIntoView({ block: "center", inline: "center" });
    const now = one.getBoundingClientRect();
    const [x, y] = [now.left + now.width / 2, now.top + now.height / 2];
    const wide = reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0) + 1;
    const high = reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1) + 1;
    if (wide < target || high < target) found.push(`${named(one)} takes ${wide} x ${high}`);
  }
  return [...new Set(found)];
};
