"""A problem and its incidents: one answer for all of them, looked at before it is sent, a few at a time."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.intake import actions as mail
from headway.people.rules import Permission
from headway.tickets.actions.incidents import answer_incident
from headway.tickets.models import Ticket
from headway.tickets.queries import message_for, setup, ticket_for, visible_to
from headway.tickets.queries.incidents import Incident, incidents, waiting
from headway.tickets.queries.macros import values_of
from headway.tickets.rules.macros import VARIABLES, unknown
from headway.tickets.rules.macros import render as filled
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.responses import announce
from headway.web.desk.words import numbers

PORTION = 10
MOST = 500
_THEN = {"solve": "solved", "wait": "waiting", "keep": ""}


@desk(Permission.REPLY)
def answers(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST `body`, `then` and the incidents `ids` shows what would be sent; with `sure` it is sent,
    ten at a time: the answer asks for the next ones by itself, with those `done` so far."""
    problem = ticket_for(request.user, number)
    found = incidents(request.user, problem)
    given = request.POST
    chosen = numbers(",".join(given.getlist("ids")), MOST)
    shown: dict[str, Any] = {
        "ticket": problem, "found": found, "reasons": {row.id: why(row) for row in found.rows}, "error": "",
        "body": given.get("body", ""), "then": given.get("then", "solve"), "chosen": chosen, "sample": [],
        "variables": [f"{{{{ {name} }}}}" for name in VARIABLES],
    }  # fmt: skip
    if request.method == "GET":
        shown["chosen"] = [row.id for row in found.open]
        return render(request, "desk/_incidents.jinja", shown)
    try:
        _check(shown["body"], chosen)
    except HeadwayError as refusal:
        return render(request, "desk/_incidents.jinja", shown | {"error": refusal.message}, status=422)
    if not given.get("sure"):
        return render(request, "desk/_incidents.jinja", shown | {"sample": _sample(request, chosen, shown["body"])})
    return _send(request, problem, chosen, shown)


def offer_incidents(request: DeskRequest, response: HttpResponse, number: int) -> HttpResponse:
    """After a ticket was solved: the moment to tell everybody whom it hit. Nothing is offered where nobody waits."""
    if response.status_code == 200 and request.user.may(Permission.REPLY) and waiting(request.user, [number]):
        announce(response, offer={"address": f"/desk/tickets/{number}/incidents"})
    return response


@desk(Permission.REPLY)
def several(request: DeskRequest) -> HttpResponse:
    """GET `ids`: those of these tickets whose incidents could be answered now, each with the way there."""
    counts = waiting(request.user, numbers(request.GET.get("ids"), MOST))
    rows = visible_to(request.user).filter(pk__in=counts).order_by("pk").values_list("pk", "subject")
    shown = {"problems": [(pk, subject, counts[pk]) for pk, subject in rows]}
    return render(request, "desk/_incidents_of_several.jinja", shown)


@desk(Permission.REPLY)
def withdrawal(request: DeskRequest, number: int) -> HttpResponse:
    """POST `messages` takes back those of the answers that have not left yet."""
    problem = ticket_for(request.user, number)
    back = 0
    sent = numbers(request.POST.get("messages"), MOST)
    for message_id in sent:
        try:
            with transaction.atomic():
                mail.take_back(message_for(request.user, message_id), actor=request.user.actor)
            back += 1
        except HeadwayError:
            continue
    shown = {"ticket": problem, "back": back, "late": len(sent) - back}
    return announce(render(request, "desk/_incidents_back.jinja", shown), changed={"id": number})


def why(row: Incident) -> str:
    """Why an incident is not answered with the others."""
    return {
        "solved": _("solved already"), "closed": _("closed for good"), "merged": _("merged into another ticket"),
        "spam": _("suspected spam"),
    }.get(row.left_out, "")  # fmt: skip


def _check(body: str, chosen: list[int]) -> None:
    if not body.strip():
        raise Invalid(_("Write something before you send."), field="body")
    if not chosen:
        raise Invalid(_("Choose at least one ticket."), field="ids")
    if strange := unknown(body):
        raise Invalid(_("There is no variable %(name)s.") % {"name": f"{{{{ {strange[0]} }}}}"}, field="body")


def _sample(request: DeskRequest, chosen: list[int], body: str) -> list[tuple[Ticket, str]]:
    """What the first two of them would read."""
    rows = visible_to(request.user).filter(pk__in=chosen).select_related("customer", "brand", "team").order_by("pk")
    return [(row, filled(body, values_of(request.user, row))) for row in rows[:2]]


def _send(request: DeskRequest, problem: Ticket, chosen: list[int], shown: dict[str, Any]) -> HttpResponse:
    category = _THEN.get(shown["then"], "solved")
    status = setup.status_for(category) if category else None
    now, rest = chosen[:PORTION], chosen[PORTION:]
    done = numbers(request.POST.get("done"), MOST)
    refused = [line for line in request.POST.getlist("refused") if line][:MOST]
    for number in now:
        try:
            incident = ticket_for(request.user, number)
            message = answer_incident(
                incident, problem, shown["body"], writer=request.user, actor=request.user.actor, status=status
            )
            done.append(message.pk)
        except HeadwayError as refusal:
            refused.append(f"#{number}: {refusal.message}")
    shown |= {"rest": rest, "done": done, "refused": refused, "all": len(done) + len(refused) + len(rest)}
    response = render(request, "desk/_incidents_sent.jinja", shown)
    return response if rest else announce(response, changed={"id": problem.pk})
