"""One change on many tickets: what would come of it, the change itself, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError, Invalid
from headway.people.queries import agents, names
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.actions.opening import unchanged
from headway.tickets.models import Ticket
from headway.tickets.queries import fresh, setup, visible_to
from headway.tickets.queries.beside import tag_names
from headway.tickets.queries.checklist import open_items
from headway.tickets.queries.incidents import waiting
from headway.tickets.rules.transitions import Category
from headway.web.api.tickets.changes import BulkChanges, apply_more
from headway.web.desk.assignment import away_words
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.story import priority_words
from headway.web.desk.words import number as number_of
from headway.web.desk.words import numbers

MOST = 100
PORTION = 10
_PRIORITIES = ((4, "urgent"), (3, "high"), (2, "normal"), (1, "low"))
PROPERTIES = ("assignee_id", "team_id", "status_id", "priority", "suspected", "add_tags", "remove_tags")


class Before(msgspec.Struct, forbid_unknown_fields=True):
    """How a ticket stood before a change, as far as that changed it; `version` is the one the change left."""

    id: int
    version: int
    assignee_id: int | None = None
    team_id: int | None = None
    status_id: int | None = None
    priority: int | None = None
    suspected: bool | None = None
    add_tags: list[str] = []
    remove_tags: list[str] = []


@dataclass(slots=True)
class Result:
    """What came of one ticket: changed, as it was (same), or why not."""

    id: int
    subject: str
    outcome: Literal["changed", "same", "refused"]
    reason: str = ""
    before: Before | None = None
    # of a problem that was solved: how many of its incidents could be answered now
    incidents: int = 0
    # of one that was given to somebody who is away: that they are
    away: str = ""


@dataclass(slots=True)
class Preview:
    """What would come of it. `problems`: of those that would be solved, how many have open incidents, and how many;
    `unfinished`: how many of those have things on their checklist that are still to be done."""

    changed: int = 0
    same: int = 0
    problems: int = 0
    incidents: int = 0
    unfinished: int = 0
    away: str = ""
    refused: list[Result] = field(default_factory=list)


@desk(Permission.BULK)
def bulk(request: DeskRequest) -> HttpResponse:
    """GET `ids`: the form. POST `ids` (at most ten) and new values: changes them, each for itself; answers as JSON."""
    if request.method == "GET":
        return _form(request)
    ids = numbers(request.POST.get("ids"), PORTION + 1)
    if len(ids) > PORTION:
        raise Invalid(_("At most %(count)d tickets at once.") % {"count": PORTION})
    changes = _changes(request)
    results = _each(request, ids, lambda ticket: apply_more(ticket, changes, actor=request.user.actor))
    _count_incidents(request, results, changes)
    absent = _absent(request, changes)
    for result in results:
        result.away = absent if result.before is not None and result.before.assignee_id is not None else ""
    return HttpResponse(msgspec.json.encode(results), content_type="application/json")


@desk(Permission.BULK)
def preview(request: DeskRequest) -> HttpResponse:
    """POST `ids` and new values: what would come of it, found out by doing it and taking it back."""
    ids, said = numbers(request.POST.get("ids"), MOST), Preview()
    try:
        changes = _changes(request)
    except Invalid:
        return render(request, "desk/_bulk_preview.jinja", {"preview": None})
    with transaction.atomic():
        results = _each(request, ids, lambda ticket: apply_more(ticket, changes, actor=request.user.actor))
        _count_incidents(request, results, changes)
        said.away = _absent(request, changes)
        said.unfinished = len(open_items(_solved(results, changes)))
        for result in results:
            said.problems += bool(result.incidents)
            said.incidents += result.incidents
            if result.outcome == "refused":
                said.refused.append(result)
            elif result.outcome == "changed":
                said.changed += 1
            else:
                said.same += 1
        transaction.set_rollback(True)
    return render(request, "desk/_bulk_preview.jinja", {"preview": said})


@desk(Permission.BULK)
def undo(request: DeskRequest) -> HttpResponse:
    """POST `before` (at most ten, as the change answered): puts back what nobody has changed since."""
    try:
        given = msgspec.json.decode(request.POST.get("before", ""), type=list[Before])
    except (msgspec.DecodeError, ValueError) as error:
        raise Invalid(_("This cannot be undone any more.")) from error
    by_id = {each.id: each for each in given[:PORTION]}

    def put_back(ticket: Ticket) -> None:
        before = by_id[ticket.pk]
        unchanged(ticket, before.version)
        _restore(ticket, before, request.user.actor)

    results = _each(request, list(by_id), put_back)
    return HttpResponse(msgspec.json.encode(results), content_type="application/json")


def _each(request: DeskRequest, ids: list[int], change: Callable[[Ticket], None]) -> list[Result]:
    """Each ticket in a transaction of its own, in the order of their numbers, so that two of these cannot block each
    other."""
    rows = {row.pk: row for row in visible_to(request.user).filter(pk__in=ids).order_by("pk")}
    results = []
    for number in sorted(set(ids)):
        ticket = rows.get(number)
        if ticket is None:
            missing = _("There is no such ticket, or you may not see it.")
            results.append(Result(number, "", "refused", missing))
            continue
        tags = tag_names(ticket)
        try:
            with transaction.atomic():
                change(ticket)
        except HeadwayError as refusal:
            results.append(Result(number, ticket.subject, "refused", refusal.message))
            continue
        after = fresh(ticket)
        if after.version == ticket.version:
            results.append(Result(number, ticket.subject, "same"))
        else:
            results.append(Result(number, ticket.subject, "changed", before=_before(ticket, tags, after)))
    return results


def _count_incidents(request: DeskRequest, results: list[Result], changes: BulkChanges) -> None:
    """Notes of each problem that was solved how many incidents wait for an answer; they are not answered by this."""
    solved = _solved(results, changes)
    if request.user.may(Permission.REPLY):
        for number, count in waiting(request.user, solved).items():
            solved[number].incidents = count


def _absent(request: DeskRequest, changes: BulkChanges) -> str:
    """That the new assignee is away; "" when they are not, or it is oneself."""
    if not changes.assignee_id or changes.assignee_id == request.user.pk:
        return ""
    return away_words(agents.agent_by_id(changes.assignee_id))


def _solved(results: list[Result], changes: BulkChanges) -> dict[int, Result]:
    """Those that the changes solve, by number."""
    solving = changes.status_id and any(
        status.pk == changes.status_id and status.category == Category.SOLVED for status in setup.statuses()
    )
    moved = {one.id: one for one in results if one.before is not None and one.before.status_id is not None}
    return moved if solving else {}


def _before(was: Ticket, tags: list[str], now: Ticket) -> Before:
    """What to put back: only what is different now."""
    is_spam = now.suspected_at is not None
    return Before(
        id=was.pk,
        version=now.version,
        assignee_id=(was.assignee_id or 0) if was.assignee_id != now.assignee_id else None,
        team_id=(was.team_id or 0) if was.team_id != now.team_id else None,
        status_id=was.status_id if was.status_id != now.status_id else None,
        priority=was.priority if was.priority != now.priority else None,
        suspected=not is_spam if (was.suspected_at is not None) != is_spam else None,
        add_tags=sorted(set(tags) - set(tag_names(now))),
        remove_tags=sorted(set(tag_names(now)) - set(tags)),
    )


def _restore(ticket: Ticket, before: Before, actor: Actor) -> None:
    values: dict[str, Any] = {name: getattr(before, name) for name in PROPERTIES}
    if values.pop("status_id") is not None:
        # as if it had not been moved: new ones are new again, and their customers wait as long as they did
        actions.take_move_back(ticket, actor=actor)
    given = {name: value for name, value in values.items() if value not in (None, [])}
    if given:
        apply_more(ticket, BulkChanges(**given), actor=actor)


def _changes(request: DeskRequest) -> BulkChanges:
    """New values out of the form. Raises Invalid when there are none."""
    given: dict[str, Any] = {}
    fields = {"assignee_id": "assignee", "team_id": "team", "status_id": "status", "priority": "priority"}
    for name, written in fields.items():
        value = number_of(request.POST.get(written))
        if value is not None:
            given[name] = value
    for name in ("add_tags", "remove_tags"):
        tags = [tag.strip() for tag in request.POST.get(name, "").split(",") if tag.strip()][:20]
        if tags:
            given[name] = tags
    if request.POST.get("spam") in ("yes", "no"):
        given["suspected"] = request.POST["spam"] == "yes"
    if not given:
        raise Invalid(_("Say what to change."))
    if given.get("priority", 1) not in (1, 2, 3, 4):
        raise Invalid(_("There is no such priority."))
    return BulkChanges(**given)


def _form(request: DeskRequest) -> HttpResponse:
    ids = numbers(request.GET.get("ids"), MOST)
    keep = [("", _("As it is"))]
    people = [(str(request.user.pk), _("Me")), ("0", _("Nobody"))]
    people += [(str(each.id), each.name) for each in names.answering() if each.id != request.user.pk]
    statuses = [(str(each.pk), each.words) for each in setup.statuses() if each.category not in ("new", "closed")]
    shown = {
        "ids": ",".join(map(str, ids)),
        "count": len(ids),
        "portion": PORTION,
        "focus": request.GET.get("focus", "assignee"),
        "people": keep + people,
        "teams": keep + [(str(team.id), team.name) for team in names.teams()] + [("0", _("No team"))],
        "statuses": keep + statuses,
        "priorities": keep
        + [(str(n), priority_words(word)) for n, word in ((4, "urgent"), (3, "high"), (2, "normal"), (1, "low"))],
        "spam": [*keep, ("yes", _("Suspected spam")), ("no", _("Not spam"))],
        "known": [tag.name for tag in setup.tags(limit=200)],
    }
    return render(request, "desk/_bulk.jinja", shown)
