// One's own act comes back as news. What its answer has drawn, and what the list has looked at since, is not asked for
// again. Others' news is never held, and never taken for known: an earlier event of theirs may be committed later.
const under = new Map();
const held = [];
const lookedAt = new Map();

const isOwn = (actor) => actor?.kind === "agent" && String(actor.id) === document.body.dataset.person;
const busy = (id) => [...under.values()].includes(id);

document.addEventListener("htmx:beforeSend", ({ detail: { requestConfig, xhr } }) => {
  const [, id] = requestConfig.path.match(/^\/desk\/tickets\/(\d+)\//) ?? [];
  if (!id || requestConfig.verb.toLowerCase() === "get") return;
  under.set(xhr, Number(id));
  xhr.addEventListener("loadend", () => {
    under.delete(xhr);
    for (const one of held.splice(0)) if (busy(one.id)) held.push(one);
    else one.then();
  });
});

// Goes on at once, or when the answer to one's own act on that ticket is there.
export function whenAnswered({ id, actor }, then) {
  if (isOwn(actor) && busy(Number(id))) held.push({ id: Number(id), then });
  else then();
}

// The list has looked at a ticket after this event.
export function looked(id, event) {
  if (event) lookedAt.set(Number(id), Math.max(event, lookedAt.get(Number(id)) ?? 0));
}

// Where the news is to be looked at: in the list, in the open ticket.
export function unseen({ id, actor, entry }) {
  const own = entry && isOwn(actor);
  const shown = Number(document.getElementById("seen")?.value.split(".")[2] ?? 0);
  const open = Number(document.querySelector("#pane .ticket")?.dataset.ticket) === Number(id);
  return { inList: !own || entry > (lookedAt.get(Number(id)) ?? 0), inTicket: open && (!own || entry > shown) };
}
