// Short messages at the bottom, read aloud, with undo where there is a way back.
// The server sends them in a response header: HX-Trigger: {"toast": {"text": "…", "undo": "/address", "ticket": 7}}
const shelf = document.querySelector(".toasts");
const words = shelf?.dataset ?? {};
const stays = 8000;

export function toast({ text, meaning = "", undo = "", ticket = null }) {
  if (!shelf) return;
  const item = document.createElement("div");
  item.className = "toast";
  if (meaning) item.dataset.meaning = meaning;
  const said = document.createElement("span");
  said.textContent = text;
  item.append(said);
  if (undo) item.append(button(words.undo, () => {
    item.remove();
    if (typeof undo === "function") return undo();
    const [address, verb = "POST"] = undo.split(" ").reverse();
    const open = document.querySelector(`#pane .ticket[data-ticket="${ticket}"]`);
    const back = window.htmx.ajax(verb, address, { source: open ?? document.body, target: open ?? document.body, swap: "none" });
    // who has gone on to another ticket comes back to the one it was about
    if (!open && ticket) back.then(() => document.dispatchEvent(new CustomEvent("open", { detail: { address: `/desk/tickets/${ticket}` } })));
  }));
  const close = button("×", () => item.remove());
  close.setAttribute("aria-label", words.close);
  item.append(close);
  shelf.append(item);
  while (shelf.children.length > 3) shelf.firstElementChild.remove();
  let timer = setTimeout(() => item.remove(), stays);
  item.addEventListener("pointerenter", () => clearTimeout(timer));
  item.addEventListener("focusin", () => clearTimeout(timer));
  item.addEventListener("pointerleave", () => (timer = setTimeout(() => item.remove(), stays)));
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

document.addEventListener("toast", (event) => toast(event.detail));
// What looks by itself and is refused (a right was withdrawn, a thing deleted) says so once and looks no more.
const refused = new WeakSet();
const byItself = ({ detail }) => !detail.requestConfig?.triggeringEvent && detail.elt.getAttribute("hx-trigger")?.includes("every ");
document.addEventListener("htmx:beforeRequest", (event) => {
  if (refused.has(event.detail.elt) && byItself(event)) event.preventDefault();
});
// What was refused says why in a header; what stands before Headway has only a number. A lost line has its bar.
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if ([401, 502, 503, 504].includes(status)) return;
  if ([403, 404].includes(status) && byItself(event)) refused.add(event.detail.elt);
  const message = event.detail.xhr.getResponseHeader("X-Message");
  const known = { 404: words.gone, 413: words.large, 429: words.often }[status];
  toast({ text: message ? decodeURIComponent(message) : (known ?? words.failed), meaning: "danger" });
});
