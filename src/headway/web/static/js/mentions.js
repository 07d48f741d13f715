// "@" in a note offers colleagues and teams, and says who cannot see the ticket.
import { completes } from "./completing.js";
import { insert } from "./macros.js";

let known = null; // of the ticket in front of the reader: { address, people }

async function people(form) {
  const address = form.getAttribute("action").replace(/replies$/, "callees");
  if (known?.address === address) return known.people;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  known = { address, people: [...page.querySelectorAll("option")].map((one) => ({ ...one.dataset })) };
  return known.people;
}

completes({
  pattern: /(^|[^\p{L}\p{N}._+-])(@([\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]+)?))$/u,
  mode: "note",
  list: people,
  fits(all, said) {
    const wanted = said.toLocaleLowerCase();
    const rank = (one) => (one.name.toLocaleLowerCase().startsWith(wanted) ? 0 : one.name.toLocaleLowerCase().includes(` ${wanted}`) ? 1 : 2);
    // a whole name that stands there already asks for nothing more
    return all.filter((one) => rank(one) < 2 && one.written.toLocaleLowerCase() !== wanted).sort((a, b) => rank(a) - rank(b));
  },
  words: (one) => one.name,
  hint(one) {
    if (!one.hint) return null;
    const said = document.createElement("span");
    said.className = "quiet clip";
    said.textContent = one.hint;
    return said;
  },
  take: (form, one, from, to) => insert(form, `@${one.written} `, from, to),
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "pane") known = null;
});
