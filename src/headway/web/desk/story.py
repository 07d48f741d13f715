"""What happened to a ticket, in words: one short line for each event of its journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from headway.events.event import Event, Recorded
from headway.web import formats

# kind: icon, words. Kinds that stand in neither are shown by the conversation itself, or say nothing to a reader.
LINES: dict[str, tuple[str, str]] = {
    "ticket.subject_changed": ("text", gettext_noop("%(who)s changed the subject")),
    "ticket.status_changed": ("open", gettext_noop("%(who)s set the status to %(status)s")),
    "ticket.reopened": ("undo", gettext_noop("%(who)s reopened it")),
    "ticket.closed": ("closed", gettext_noop("%(who)s closed it for good")),
    "ticket.priority_changed": ("high", gettext_noop("%(who)s set the priority to %(priority)s")),
    "ticket.assigned": ("assign", gettext_noop("%(who)s assigned it to %(agent)s")),
    "ticket.team_changed": ("people", gettext_noop("%(who)s moved it to %(team)s")),
    "ticket.type_changed": ("list", gettext_noop("%(who)s set the type to %(type)s")),
    "ticket.fields_changed": ("list", gettext_noop("%(who)s filled in fields")),
    "ticket.tagged": ("tag", gettext_noop("%(who)s added %(tags)s")),
    "ticket.untagged": ("tag", gettext_noop("%(who)s removed %(tags)s")),
    "ticket.requester_changed": ("person", gettext_noop("%(who)s changed the requester")),
    "ticket.snoozed": ("snooze", gettext_noop("%(who)s snoozed it")),
    "ticket.woken": ("clock", gettext_noop("It came back from snooze")),
    "ticket.linked": ("link", gettext_noop("%(who)s linked it to %(other)s")),
    "ticket.unlinked": ("link", gettext_noop("%(who)s removed the link to %(other)s")),
    "ticket.imported": ("download", gettext_noop("It came here from another system")),
    "ticket.merged": ("merge", gettext_noop("%(who)s merged it into %(other)s")),
    "ticket.absorbed": ("merge", gettext_noop("%(who)s merged %(other)s into this")),
    "ticket.split": ("split", gettext_noop("%(who)s moved a part of it to %(other)s")),
    "ticket.suspected": ("ban", gettext_noop("%(who)s marked it as suspected spam")),
    "ticket.cleared": ("check", gettext_noop("%(who)s took it back from spam")),
    "ticket.reminder_due": ("clock", gettext_noop("A reminder to the customer is due")),
    "ticket.rated": ("positive", gettext_noop("%(who)s rated it %(score)s")),
    "message.admitted": ("check", gettext_noop("%(who)s admitted a message")),
    "draft.shared": ("text", gettext_noop("%(who)s shared a draft")),
    "reply.scheduled": ("clock", gettext_noop("%(who)s wrote a reply for later")),
    "reply.rescheduled": ("clock", gettext_noop("%(who)s changed a reply for later")),
    "reply.unscheduled": ("undo", gettext_noop("%(who)s stopped a reply for later")),
    "reply.held_back": ("warning", gettext_noop("%(who)s held a reply for later back")),
    "reply.came_due": ("clock", gettext_noop("A reply for later left")),
    "incident.answered": ("link", gettext_noop("%(who)s answered it with the other incidents of %(problem)s")),
    "checklist.added": ("checklist", gettext_noop("%(who)s put %(items)s on the checklist")),
    "checklist.done": ("check", gettext_noop("%(who)s ticked off %(items)s")),
    "checklist.undone": ("undo", gettext_noop("%(who)s opened %(items)s again")),
    "checklist.reworded": ("text", gettext_noop("%(who)s reworded %(items)s")),
    "checklist.removed": ("checklist", gettext_noop("%(who)s took %(items)s off the checklist")),
    "checklist.restored": ("checklist", gettext_noop("%(who)s put %(items)s back on the checklist")),
    "side.started": ("mail", gettext_noop("%(who)s started a side conversation")),
    "side.answered": ("mail", gettext_noop("A side conversation was answered")),
    "side.admitted": ("check", gettext_noop("%(who)s let a message into a side conversation")),
    "side.closed": ("positive", gettext_noop("%(who)s closed a side conversation")),
    "side.reopened": ("undo", gettext_noop("%(who)s reopened a side conversation")),
    "side.failed": ("warning", gettext_noop("A message of a side conversation did not arrive")),
    "ticket.macro_used": ("macro", gettext_noop("%(who)s used a macro")),
    "ticket.move_taken_back": ("undo", gettext_noop("%(who)s took a change of status back")),
    "message.taken_back": ("undo", gettext_noop("%(who)s took a reply back before it left")),
}
UNSET = {
    "ticket.assigned": gettext_noop("%(who)s took the assignee off"),
    "ticket.team_changed": gettext_noop("%(who)s took the team off"),
}
TAKEN = gettext_noop("%(who)s took the ticket")
ARRIVED_SUSPECTED = gettext_noop("It was put apart as suspected spam when it came")


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id of what events speak of."""

    agents: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)
    types: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, str] = field(default_factory=dict)
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that happened: an icon's name, the words, when, and its id in the journal."""

    icon: str
    words: str
    at: datetime
    id: int = 0


def line(recorded: Recorded[Event], names: Names) -> Line | None:
    """The event as a line, or None for what needs none."""
    event = recorded.event
    if event.kind not in LINES:
        return None
    icon, words = LINES[event.kind]
    if event.kind == "ticket.status_changed":
        icon = getattr(event, "to_category", icon)
    values = _values(event, names)
    values["who"] = _who(recorded, names)
    if event.kind in UNSET and values["to"] is None:
        words = UNSET[event.kind]
    elif event.kind == "ticket.assigned" and (recorded.actor.kind, recorded.actor.id) == ("agent", values["to"]):
        words = TAKEN
    elif event.kind == "ticket.suspected" and getattr(event, "by", "") in ("channel", "sender_rule"):
        words = ARRIVED_SUSPECTED
    return Line(icon, _(words) % values, recorded.at, recorded.id)


def priority_words(name: str) -> str:
    """A priority's name in the reader's language."""
    return {
        "low": pgettext("priority", "Low"),
        "normal": pgettext("priority", "Normal"),
        "high": pgettext("priority", "High"),
        "urgent": pgettext("priority", "Urgent"),
    }.get(name, name)


channel_words = formats.channel


def _who(recorded: Recorded[Event], names: Names) -> str:
    actor = recorded.actor
    if actor.kind == "agent":
        return names.agents.get(actor.id or 0, _("Somebody"))
    if actor.kind == "customer":
        return names.customer or _("The customer")
    return _("An automation") if actor.kind == "automation" else "Headway"


def _values(event: Event, names: Names) -> dict[str, Any]:
    def of(*fields: str) -> Any:
        return next((getattr(event, name) for name in fields if getattr(event, name, None) is not None), None)

    return {
        "to": of("to_agent", "to_team"),
        "status": names.statuses.get(of("to_status"), of("to_category")),
        "priority": priority_words(of("to_priority") or ""),
        "agent": names.agents.get(of("to_agent"), _("somebody")),
        "team": names.teams.get(of("to_team"), "–"),
        "type": names.types.get(of("to_type"), "–"),
        "tags": _some([names.tags.get(tag, "–") for tag in of("tag_ids") or ()]),
        "items": _some([f"“{names.items.get(pk, '…')}”" for pk in of("item_ids") or (of("item_id"),)]),
        "other": f"#{of('other_id', 'into_id', 'merged_id', 'new_id')}",
        "problem": f"#{of('problem_id')}",
        "score": of("score"),
    }


def _some(words: list[str], most: int = 5) -> str:
    """The first few, and how many more."""
    if len(words) <= most + 1:
        return ", ".join(words)
    return _("%(first)s and %(count)d more") % {"first": ", ".join(words[:most]), "count": len(words) - most}
