"""Macros on a ticket: what is offered there, what one would do, and doing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.queries import names
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import macros as macro_queries
from headway.tickets.queries import setup, ticket_for
from headway.tickets.queries.checklist import checklist_of
from headway.tickets.queries.macros import Prepared
from headway.tickets.rules.macros import Changes, unfilled
from headway.tickets.rules.transitions import Category
from headway.web.desk.acting import act
from headway.web.desk.checklist import named
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.incidents import offer_incidents
from headway.web.desk.responses import announce
from headway.web.desk.story import priority_words


@desk(Permission.NOTE)
def offered(request: DeskRequest, number: int) -> HttpResponse:
    """The menu of macros that fit the ticket. One that is words only carries them, filled in."""
    ticket = ticket_for(request.user, number)
    shown = [one for one in macro_queries.offered(request.user, ticket) if _usable(request, one)]
    return render(request, "desk/_macros.jinja", {"ticket": ticket, "macros": shown})


@desk(Permission.NOTE)
def macro(request: DeskRequest, number: int, macro_id: int) -> HttpResponse:
    """GET: what the macro would do here. POST does it; its words go into the composer."""
    ticket = ticket_for(request.user, number)
    found = macro_queries.macro_for(request.user, macro_id)
    if request.method == "GET":
        one = macro_queries.prepared(request.user, ticket, found)
        shown = {"ticket": ticket, "macro": one, "lines": lines(one.changes), "gaps": unfilled(one.note)}
        shown["left"] = _still_open(ticket, one.changes)
        return render(request, "desk/_prepared.jinja", shown)
    used: list[Prepared] = []

    def use(row: Ticket, expected: int | None) -> object:
        used.append(actions.use_macro(row, found, user=request.user, actor=request.user.actor, expected=expected))
        return used

    response = act(request, number, use)
    if used:
        announce(response, macro={"draft": f"{request.user.pk}:{number}", "text": used[0].text})
    if used and _solves(used[0].changes):
        offer_incidents(request, response, number)
    return response


def lines(changes: Changes) -> list[str]:
    """What a macro changes, a line for each change."""
    told = []
    if changes.status is not None:
        found = next((status.words for status in setup.statuses() if status.pk == changes.status), "–")
        told.append(_("Status: %(name)s") % {"name": found})
    if changes.priority is not None:
        word = {1: "low", 2: "normal", 3: "high", 4: "urgent"}[changes.priority]
        told.append(_("Priority: %(name)s") % {"name": priority_words(word)})
    if changes.team is not None:
        found = next((team.name for team in names.teams() if team.id == changes.team), "–")
        told.append(_("Team: %(name)s") % {"name": found})
    if changes.assignee is not None:
        found = (
            names.of_agents([changes.assignee]).get(changes.assignee, "–") if changes.assignee else _("whoever uses it")
        )
        told.append(_("Assigned to: %(name)s") % {"name": found})
    if changes.tags:
        told.append(_("Tags: %(names)s") % {"names": ", ".join(changes.tags)})
    if changes.checklist:
        told.append(_("On the checklist: %(items)s") % {"items": ", ".join(f"“{text}”" for text in changes.checklist)})
    return told


def _still_open(ticket: Ticket, changes: Changes) -> str:
    """What is left to be done on a ticket that these changes would solve, in words."""
    if not _solves(changes):
        return ""
    return named([one for one in checklist_of(ticket.pk) if one.done_at is None])


def _solves(changes: Changes) -> bool:
    return any(one.pk == changes.status and one.category == Category.SOLVED for one in setup.statuses())


def _usable(request: DeskRequest, one: Prepared) -> bool:
    return not one.changes or request.user.may(Permission.WORK)
