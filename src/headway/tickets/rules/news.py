"""Whether something was said on a ticket since somebody looked at it: nothing is sent over news."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of the ticket's journal: what happened and by whom."""

    kind: str
    actor_kind: str
    actor_id: int | None
    data: Mapping[str, Any]


# what may be news; nothing else has to be read
KINDS = (
    "message.received", "message.admitted", "message.written", "note.written", "ticket.solved", "ticket.absorbed",
)  # fmt: skip


def news(happened: Iterable[Happening], reader: int) -> str:
    """Why a reply that `reader` wrote before all this should not leave unseen: "customer", "colleague", "solved" or
    "merged"; "" when nothing speaks against it.

    What machines send, what is held, and what the reader did themselves is no news. The customer comes first.
    """
    found = {_reason(one, reader) for one in happened}
    return next((reason for reason in ("customer", "merged", "colleague", "solved") if reason in found), "")


def _reason(one: Happening, reader: int) -> str:
    if one.kind not in KINDS:
        return ""
    if one.kind == "message.received":
        return "" if one.data.get("automatic") or one.data.get("held") else "customer"
    if one.kind == "message.admitted":
        return "customer"
    if one.kind == "ticket.absorbed":
        return "merged"
    by_another = one.actor_kind == "agent" and one.actor_id != reader
    if one.kind == "ticket.solved":
        return "solved" if one.actor_kind != "agent" or by_another else ""
    return "colleague" if by_another and not one.data.get("automatic") else ""
