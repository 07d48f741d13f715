"""What an entry of the journal is in the lake: an event of the same shape as the readers of files make. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from headway.insight.lake.words import Kind, Side, Status
from headway.insight.rules.people import person_id


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the journal, as far as the lake asks."""

    id: int
    ticket_id: int
    at_ms: int
    kind: str
    actor_kind: str
    actor_id: int | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event of the lake; the fields are the columns of `lake.schema.EVENTS`."""

    event_id: int
    ticket_id: int
    at_ms: int
    kind: str
    activity: str
    status: str | None = None
    actor_kind: str
    actor_id: int | None
    assignee_id: int | None = None
    team_id: int | None = None
    length: int | None = None
    active_ms: int | None = None
    courtesy: int = 0


# What people do on tickets beside writing, moving and assigning.
STEPS: Final = {
    "ticket.subject_changed": "subject changed",
    "ticket.priority_changed": "priority changed",
    "ticket.type_changed": "type changed",
    "ticket.fields_changed": "fields filled in",
    "ticket.tagged": "tagged",
    "ticket.untagged": "untagged",
    "ticket.requester_changed": "customer changed",
    "ticket.linked": "linked",
    "checklist.done": "item ticked off",
    "ticket.split": "split",
    "ticket.absorbed": "merged",
    "ticket.snoozed": "snoozed",
    "side.started": "others asked",
    "side.written": "written to others",
    "reply.scheduled": "reply planned",
}
_STATUS: Final = {
    "new": Status.OPEN,
    "open": Status.OPEN,
    "waiting": Status.WAITING,
    "hold": Status.HOLD,
    "solved": Status.SOLVED,
    "closed": Status.CLOSED,
}
UNDOING: Final = ("message.taken_back", "ticket.move_taken_back")


def row(told: Told, length: int | None = None) -> Row | None:
    """The event of an entry; None for what is no event of a ticket's history. `length`: characters written."""
    data = told.data
    who = told.actor_kind, person_id(told.actor_kind, told.actor_id)
    match told.kind:
        case "ticket.created":
            if told.actor_kind == Side.CUSTOMER or told.actor_id is None:
                who = str(Side.CUSTOMER), person_id("customer", data.get("customer_id") or told.actor_id)
            return _row(told, who, Kind.CREATED, "created", status=Status.OPEN)
        case "message.received":
            # the first one is the ticket's creation; one that is held is not said yet
            if data.get("first") or data.get("held"):
                return None
            who = str(Side.CUSTOMER), person_id("customer", data.get("customer_id"))
            courtesy = int(bool(data.get("automatic") or data.get("thanks")))
            return _row(told, who, Kind.RECEIVED, "customer wrote", length=length, courtesy=courtesy)
        case "message.admitted":
            return _row(told, (str(Side.CUSTOMER), None), Kind.RECEIVED, "customer wrote", length=length)
        case "message.written":
            if data.get("automatic"):
                return _row(told, (str(Side.AUTOMATION), None), Kind.REPLIED, "answered by itself", length=length)
            return _row(told, who, Kind.REPLIED, "replied", length=length)
        case "note.written":
            return _row(told, who, Kind.NOTE, "note", length=length)
        case "ticket.status_changed":
            return _moved(told, who)
        case "ticket.assigned":
            given = data.get("to_agent")
            said = "unassigned" if given is None else "taken" if _same(told, given) else "assigned"
            return _row(told, who, Kind.ASSIGNED, said, assignee_id=person_id("agent", given))
        case "ticket.team_changed":
            team = person_id("team", data.get("to_team"))
            return _row(told, who, Kind.ASSIGNED, "moved to a team", team_id=team)
        case "ticket.worked":
            return _row(told, who, Kind.WORKED, "worked", active_ms=data.get("active_ms"))
        case _ if told.kind in STEPS:
            return _row(told, who, Kind.STEP, STEPS[told.kind])
    return None


def undone(told: Told) -> tuple[int, ...]:
    """The entries that count no more since this one."""
    return tuple(told.data.get("undone_ids", ())) if told.kind in UNDOING else ()


def _moved(told: Told, who: tuple[str, int | None]) -> Row | None:
    before, after = (_STATUS[str(told.data[f"{end}_category"])] for end in ("from", "to"))
    # what is taken back has not been, and its way back neither
    if told.data.get("reason") == "undo" or before == after:
        return None
    reopened = before in (Status.SOLVED, Status.CLOSED) and after not in (Status.SOLVED, Status.CLOSED)
    return _row(told, who, Kind.STATUS, "reopened" if reopened else str(after), status=str(after))


def _same(told: Told, agent_id: object) -> bool:
    return told.actor_kind == Side.AGENT and told.actor_id == agent_id


def _row(told: Told, who: tuple[str, int | None], kind: str, activity: str, **more: Any) -> Row:
    kind_of, person = who
    return Row(
        event_id=told.id,
        ticket_id=told.ticket_id,
        at_ms=told.at_ms,
        kind=str(kind),
        activity=activity,
        actor_kind=str(kind_of),
        actor_id=person,
        **more,
    )
