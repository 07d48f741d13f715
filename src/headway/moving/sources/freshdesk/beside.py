"""Freshdesk beside its tickets: how they belong together, definitions of fields, and the export of activities.

The export names statuses and groups as its people see them, and covers the days it was switched on for.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from headway.insight.reading import meanings
from headway.insight.reading.freshdesk import performed
from headway.moving.records import Anything, Bond, Step
from headway.moving.sources.bonds import bond
from headway.moving.sources.fields import defined, options_of
from headway.moving.sources.values import ident

_PARENT, _CHILD, _TRACKER, _RELATED = 1, 2, 3, 4
_KINDS: Final = {
    "custom_dropdown": "choice",
    "nested_field": "choice",
    "custom_checkbox": "check",
    "custom_number": "number",
    "custom_decimal": "number",
    "custom_date": "date",
}
_OURS: Final = ("open", "waiting", "hold", "solved", "closed")  # of two in one second, the later here comes later
_PRIORITIES: Final = {"1", "2", "3", "4"}


def bonds_of(given: Mapping[str, Any], key: str, at: datetime) -> Iterator[Bond]:
    """A child belongs to its parent; what a tracker tracks is an incident of it."""
    kind = given.get("association_type")
    for one in given.get("associated_tickets_list") or ():
        other = ident(one)
        if not other or other == key:
            continue
        if kind in (_PARENT, _CHILD):
            child, parent = (other, key) if kind == _PARENT else (key, other)
            yield bond(child, parent, "related", at)
        elif kind in (_TRACKER, _RELATED):
            incident, tracker = (other, key) if kind == _TRACKER else (key, other)
            yield bond(incident, tracker, "incident", at)


def field(given: Mapping[str, Any]) -> list[Anything]:
    """A field of its own, with the levels below it; what every ticket has anyway is none."""
    kind = str(given.get("type") or "")
    if kind.startswith("default_"):
        return []
    choices = options_of(given.get("choices")) if kind in ("custom_dropdown", "nested_field") else {}
    below = given.get("nested_ticket_fields") or given.get("dependent_fields") or ()
    return [
        defined(str(given["name"]), given.get("label"), _KINDS.get(kind, "text"), choices),
        *(defined(str(one["name"]), one.get("label"), "text") for one in below),
    ]


def activity(given: Mapping[str, Any]) -> list[Anything]:
    """One update: what it made of status, priority, agent and group. Notes come with their words elsewhere."""
    ticket, at, done = str(given["ticket_id"]), performed(given), given.get("activity") or {}
    author = ident(given.get("performer_id")) if given.get("performer_type") == "user" else ""
    found: dict[str, str] = {}
    if (status := meanings.status(str(done.get("status") or ""))) in _OURS:
        found["status"] = str(status)
    if str(done.get("priority")) in _PRIORITIES:
        found["priority"] = str(done["priority"])
    if "agent_id" in done:
        found["assignee"] = ident(done["agent_id"])
    if "group" in done:
        found["team"] = f"named {done['group']}" if done["group"] else ""
    stamp = int(at.timestamp())
    return [
        Step(
            key=f"{ticket}:a{stamp}:{what}:{_place(what, after)}",
            ticket=ticket,
            at=at,
            what=what,
            after=after,
            author=author,
        )
        for what, after in found.items()
    ]


def _place(what: str, after: str) -> str:
    return str(_OURS.index(after)) if what == "status" else after
