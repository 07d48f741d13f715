"""Rows of the audit log: what may be seen of it, and what is sought."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from headway.events import queries as events
from headway.events.audit import GROUPS, Sought, group_of, kinds_of
from headway.events.models import Entry
from headway.people.models import Agent
from headway.people.queries import agents
from headway.people.rules import Permission
from headway.tickets.queries.visibility import sees_all, visible_to
from headway.web.desk.audit import subjects, words
from headway.web.desk.story import LINES, Names, line
from headway.web.desk.words import number as number_of


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in words, with what programs know of it."""

    entry: Entry
    icon: str
    who: str
    words: str
    about: str


def open_to(person: Agent) -> QuerySet[Entry]:
    """The entries somebody may read: all for who operates the workspace; otherwise those of tickets they see, and of
    teams."""
    if person.may(Permission.OPERATE):
        return Entry.objects.all()
    theirs = Q(ticket_id__isnull=False) if sees_all(person) else Q(ticket_id__in=visible_to(person).values("pk"))
    return Entry.objects.filter(theirs | Q(subject_kind="team"))


def sought(sent: QueryDict) -> Sought:
    """What the form asks for. What cannot be read asks for nothing."""
    q, found = sent.get("q", "").strip()[:100], Sought()
    if (number := number_of(q)) is not None:
        found = Sought(ticket_id=number)
    elif q:
        people = tuple(one.pk for one in agents.named(q))
        found = Sought(anyone=people, kinds=words.saying(q))
    first, last = _day(sent.get("from", "")), _day(sent.get("to", ""))
    return replace(
        found,
        group=sent.get("group", "") if sent.get("group", "") in GROUPS else "",
        actor_id=number_of(sent.get("person")),
        happened_from=_midnight(first) if first else None,
        happened_before=_midnight(last + timedelta(days=1)) if last else None,
    )


def rows_of(entries: Collection[Entry]) -> list[Row]:
    """The entries in words, their names looked up at once."""
    known = subjects.names_of(entries)
    by_kind: dict[str, dict[int, str]] = {}
    for (kind, row_id), name in known.items():
        by_kind.setdefault(kind, {})[row_id] = name
    story = Names(
        agents=by_kind.get("agent", {}), teams=by_kind.get("team", {}), statuses=by_kind.get("status", {}),
        tags=by_kind.get("tag", {}), types=by_kind.get("type", {}),
    )  # fmt: skip
    return [_row(entry, known, story) for entry in entries]


def groups() -> list[tuple[str, str]]:
    """The groups of events for people; "other" only when there is one."""
    said = {
        "tickets": _("Tickets"), "messages": _("Messages and notes"), "customers": _("Customers"),
        "people": _("People and access"), "settings": _("Settings"), "channels": _("Channels"),
        "journal": _("The journal itself"), "other": _("Other"),
    }  # fmt: skip
    return [(name, said[name]) for name in GROUPS if name != "other" or kinds_of("other")]


def _row(entry: Entry, known: dict[subjects.Key, str], story: Names) -> Row:
    who, about = subjects.who(entry, known), subjects.about(entry, known)
    if entry.kind in LINES:
        told = line(events.recorded(entry), replace(story, customer=who if entry.actor_kind == "customer" else ""))
        if told is not None:
            return Row(entry, told.icon, who, told.words, about)
    return Row(entry, ICONS.get(group_of(entry.kind), "journal"), who, _sentence(entry, who, about), about)


def _sentence(entry: Entry, who: str, about: str) -> str:
    data: dict[str, Any] = entry.data
    return words.sentence(entry.kind, data, who, about)


ICONS = {
    "tickets": "inbox", "messages": "reply", "customers": "building", "people": "person", "settings": "settings",
    "channels": "mail",
}  # fmt: skip


def _day(written: str) -> date | None:
    try:
        return parse_date(written[:10])
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
