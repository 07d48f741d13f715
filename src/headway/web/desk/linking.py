"""Tickets that belong together: merging and linking."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, HeadwayError, Invalid, NotFound
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import Link, Ticket
from headway.tickets.queries import ticket_for
from headway.web.desk.acting import Act, act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce, toast
from headway.web.desk.words import number as number_of


@desk(Permission.WORK)
def merge(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST `into` shows the other ticket; with `sure` naming the same one, merges."""
    ticket = ticket_for(request.user, number)
    into = request.POST.get("into", "")
    shown: dict[str, Any] = {"ticket": ticket, "into": into, "error": "", "other": None}
    if request.method == "GET":
        return render(request, "desk/_merge.jinja", shown)
    try:
        other = _other(request, ticket, into)
        if request.POST.get("sure") != str(other.pk):
            shown["other"] = {
                "id": other.pk, "subject": other.subject, "category": other.category, "status": other.status.name,
                "customer": other.customer.name if other.customer else "",
                "differs": other.customer_id != ticket.customer_id,
            }  # fmt: skip
            return render(request, "desk/_merge.jinja", shown)
        expected = number_of(request.POST.get("version"))
        survivor = actions.merge(ticket, other, actor=request.user.actor, expected=expected)
    except (NotFound, Invalid, Conflict) as refusal:
        shown["error"] = refusal.message
        return render(request, "desk/_merge.jinja", shown, status=422)
    response = HttpResponse()
    announce(response, open={"address": f"/desk/tickets/{survivor.pk}"})
    return toast(response, _("Merged into #%(id)s.") % {"id": survivor.pk})


@desk(Permission.WORK)
def links(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST `other` and `kind` links; DELETE removes a link. `inward`: it is said on the other ticket.

    What DELETE named in its address, the POST that undoes it names there too.
    """
    ticket = ticket_for(request.user, number)
    given = request.POST if "other" in request.POST else request.GET
    other, kind = given.get("other", ""), given.get("kind", Link.Kinds.RELATED)
    kinds = [(value, str(words)) for value, words in Link.Kinds.choices if value != Link.Kinds.SPLIT]
    shown = {"ticket": ticket, "other": other, "kind": kind, "kinds": kinds, "error": ""}
    if request.method == "GET":
        return render(request, "desk/_link.jinja", shown)
    try:
        found = _other(request, ticket, other)
        inward = given.get("inward") == "1"

        def change(row: Ticket, _expected: int | None) -> object:
            own, there = (found, row) if inward else (row, found)
            verb = actions.unlink if request.method == "DELETE" else actions.link
            return verb(own, there, kind, actor=request.user.actor)

        if request.method == "DELETE":
            return _removed(request, number, change, {"other": found.pk, "kind": kind, "inward": int(inward)})
        return act(request, number, change)
    except HeadwayError as refusal:
        return render(request, "desk/_link.jinja", shown | {"error": refusal.message}, status=422)


def _removed(request: DeskRequest, number: int, change: Act, end: dict[str, Any]) -> HttpResponse:
    said = _("The link to #%(id)s is removed.") % {"id": end["other"]}
    return act(request, number, change, said=said, undo=f"/desk/tickets/{number}/links?{urlencode(end)}")


def _other(request: DeskRequest, ticket: Ticket, written: str) -> Ticket:
    wanted = number_of(written)
    if wanted is None:
        raise Invalid(_("A ticket's number has digits only, for example 482."))
    if wanted == ticket.pk:
        raise Invalid(_("That is this ticket. Give the number of another one."))
    return ticket_for(request.user, wanted)
