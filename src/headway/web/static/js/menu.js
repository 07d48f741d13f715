// Popover menus: placed under their button, moved through by arrows, narrowed by typing.
const gap = 4;

function place(menu, button) {
  const from = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const rightToLeft = document.documentElement.dir === "rtl";
  let left = rightToLeft || menu.dataset.align === "end" ? from.right - width : from.left;
  left = Math.max(8, Math.min(left, innerWidth - width - 8));
  let top = from.bottom + gap;
  if (top + height > innerHeight - 8) top = Math.max(8, from.top - height - gap);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

const buttonOf = (menu) => document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
const shown = (menu) => [...menu.querySelectorAll(".menu-item:not([hidden])")];

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    // one that is shown while somebody types leaves the focus where it is
    if (!menu.classList?.contains("menu") || menu.popover === "manual") return;
    const button = buttonOf(menu);
    button?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open") {
      // A field that is gone from sight keeps no key to itself.
      if (menu.contains(document.activeElement)) button?.focus();
      return;
    }
    if (button) place(menu, button);
    const find = menu.querySelector("[data-menu-find]");
    if (find) {
      find.value = "";
      narrow(menu, "");
    }
    (find || menu.querySelector("[aria-checked=true]") || menu.querySelector("[autofocus]") || shown(menu)[0])?.focus();
  },
  true,
);

function narrow(menu, words) {
  const wanted = words.trim().toLocaleLowerCase();
  for (const item of menu.querySelectorAll(".menu-item")) {
    item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-menu-find]")) narrow(event.target.closest(".menu"), event.target.value);
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  if (!menu) return;
  const items = shown(menu);
  const finding = event.target.matches("[data-menu-find]");
  if (!finding && event.target.matches("input, textarea, select")) return;
  const at = items.indexOf(document.activeElement);
  const go = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (go !== undefined && items.length && !(finding && (event.key === "Home" || event.key === "End"))) {
    event.preventDefault();
    items[(go + items.length) % items.length].focus();
  } else if (event.key === "Enter" && finding) {
    event.preventDefault();
    items[0]?.click();
  }
});

// A chosen item closes its menu, after its form has been sent: closing moves the focus, and the form would forget it.
document.addEventListener("click", (event) => {
  const item = event.target.closest?.(".menu-item");
  if (item && !item.hasAttribute("data-stay")) setTimeout(() => item.closest(".menu")?.hidePopover?.());
});
