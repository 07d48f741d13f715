"""What typed filters mean in this workspace: names become ids, days become instants."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.people.models import Agent
from headway.people.queries import customers, names, organisations
from headway.people.queries.names import Named
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import setup
from headway.tickets.queries.filters import Condition, Filter
from headway.tickets.rules.typed import CHANNELS, PRIORITIES, Part, day, named, parse

# Categories an `is:` stands for.
_CATEGORIES = {
    "open": ("new", "open", "hold"), "new": ("new",), "waiting": ("waiting",), "hold": ("hold",),
    "solved": ("solved", "closed"), "closed": ("closed",),
}  # fmt: skip
NONE = ("none", "nobody")
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a search means: a filter (None: nothing can fit it), the words left, and what the reader should know."""

    filter: Filter | None
    words: str
    narrowed: bool = False
    notes: tuple[str, ...] = ()


class _Nothing(Exception):
    """A value that means nothing here; says so."""


class Known:
    """Names of what the workspace defines, each kind asked for once while many searches are resolved."""

    @cached_property
    def to(self) -> list[Named]:
        return names.teams()

    @cached_property
    def assignee(self) -> list[Named]:
        return names.everybody()

    @cached_property
    def brand(self) -> list[Named]:
        return names.brands()

    @cached_property
    def status(self) -> list[Status]:
        return list(setup.statuses())


def resolved(agent: Agent, text: str, chosen: Filter, known: Known | None = None) -> Resolved:
    """`chosen`, narrowed by the filters typed in `text`. No query without filters, at most one for each key in use.

    The same key again means any of its values, but for tags, which must all be there.
    """
    if ":" not in text:
        return Resolved(chosen, text)
    typed, known = parse(text), known or Known()
    notes = [_("%(filter)s is not a filter and was searched as words.") % {"filter": each} for each in typed.unknown]
    fits = True
    for part in typed.parts:
        if part.key in ("is", "has") and part.value.lower() in _ASIDE:
            chosen = _ASIDE[part.value.lower()](chosen, not part.unwanted)
    for key, unwanted, values in _grouped(typed.parts):
        try:
            conditions = _conditions(agent, key, values, unwanted, known)
        except _Nothing as nothing:
            notes.append(str(nothing))
            fits = fits and unwanted
        else:
            chosen = replace(chosen, conditions=(*chosen.conditions, *conditions))
    return Resolved(chosen if fits else None, typed.words, bool(typed.parts), tuple(notes))


# What stands apart from the lists, and is not a condition but a choice between lists.
_ASIDE: dict[str, Callable[[Filter, bool], Filter]] = {
    "spam": lambda chosen, wanted: replace(chosen, suspected=wanted),
    "merged": lambda chosen, wanted: replace(chosen, merged=wanted),
    "snoozed": lambda chosen, wanted: replace(chosen, snoozed=wanted),
}


def _grouped(parts: Sequence[Part]) -> list[tuple[str, bool, list[str]]]:
    """Values by key and sign; tags, days and states one by one when each must hold."""
    found: dict[tuple[str, bool, int], list[str]] = {}
    for number, part in enumerate(parts):
        if part.key == "is" and part.value.lower() in _ASIDE:
            continue
        alone = part.key in ("before", "after") or (part.key == "tag" and not part.unwanted)
        found.setdefault((part.key, part.unwanted, number if alone else -1), []).append(part.value)
    return [(key, unwanted, values) for (key, unwanted, _number), values in found.items()]


def _conditions(agent: Agent, key: str, values: list[str], unwanted: bool, known: Known) -> list[Condition]:
    match key:
        case "is":
            return _states(agent, values, unwanted)
        case "has":
            if any(value.lower() not in ("attachment", "attachments", "file") for value in values):
                raise _Nothing(_("has: knows attachment only."))
            return [Condition("attachment", (), unwanted)]
        case "tag":
            return [Condition("tag", tuple(values), unwanted)]
        case "before" | "after":
            return [
                Condition("created_before" if (key == "before") != unwanted else "created_from", (_start(values[0]),))
            ]
        case "channel":
            return [Condition("channel", tuple(_one_of(value, CHANNELS, key) for value in values), unwanted)]
        case "priority":
            wanted = [Ticket.Priorities[_one_of(value, PRIORITIES, key).upper()].value for value in values]
            return [Condition("priority", tuple(wanted), unwanted)]
        case "status":
            return _statuses(values, unwanted, known.status)
    column = {"from": "customer_id", "to": "team_id", "assignee": "assignee_id", "brand": "brand_id",
              "org": "organisation_id"}[key]  # fmt: skip
    ids: list[Any] = []
    for value in values:
        if value.lower() in NONE:
            ids.append(None)
        elif key == "assignee" and value.lower() == "me":
            ids.append(agent.pk)
        elif found := _ids(key, value, known):
            ids += found
        elif len(values) == 1:
            raise _Nothing(_("%(key)s:%(value)s: nothing here has that name.") % {"key": key, "value": value})
    if not ids:
        raise _Nothing(_("%(key)s: nothing here has any of those names.") % {"key": key})
    return [Condition(column, tuple(ids), unwanted)]


def _ids(key: str, value: str, known: Known) -> list[int]:
    if key == "from":
        return customers.ids_named(value, MOST_PEOPLE)
    if key == "org":
        return named(value, organisations.named(value, MOST_PEOPLE))
    named_ones: list[Named] = getattr(known, key)
    return named(value, [(each.id, each.name) for each in named_ones])


def _states(agent: Agent, values: list[str], unwanted: bool) -> list[Condition]:
    categories: list[str] = []
    conditions = []
    for value in values:
        state = value.lower()
        if state in _CATEGORIES:
            categories += _CATEGORIES[state]
        elif state in ("unread", "followed"):
            conditions.append(Condition(state, (agent.pk,), unwanted))
        elif state == "unanswered":
            conditions.append(Condition("unanswered", (), unwanted))
        elif state == "unassigned":
            conditions.append(Condition("assignee_id", (None,), unwanted))
        else:
            raise _Nothing(_("is:%(value)s: there is no such state.") % {"value": value})
    return [*conditions, Condition("category", tuple(categories), unwanted)] if categories else conditions


def _statuses(values: list[str], unwanted: bool, known: Sequence[Status]) -> list[Condition]:
    """By a status's own name, as it is called in the reader's language too, or by the name of its category."""
    ids: list[int] = []
    for value in values:
        found = named(value, [(status.pk, name) for status in known for name in {status.name, status.words}])
        found = found or [status.pk for status in known if status.category == value.lower()]
        if not found:
            raise _Nothing(_("status:%(value)s: there is no such status.") % {"value": value})
        ids += found
    return [Condition("status_id", tuple(ids), unwanted)]


def _one_of(value: str, known: Sequence[str], key: str) -> str:
    if value.lower() not in known:
        raise _Nothing(_("%(key)s:%(value)s: there is no such value.") % {"key": key, "value": value})
    return value.lower()


def _start(value: str) -> datetime:
    """The beginning of a day in the reader's zone."""
    found = day(value, timezone.localdate(now()))
    if found is None:
        raise _Nothing(_("%(value)s is not a day. Write 2026-03-01, 2026-03, today or 7d.") % {"value": value})
    try:
        return timezone.make_aware(datetime.combine(found, time.min)).astimezone(UTC)
    except OverflowError as error:
        raise _Nothing(_("%(value)s is not a day.") % {"value": value}) from error
