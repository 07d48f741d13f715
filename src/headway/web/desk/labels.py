"""What a ticket is about: priority, tags, subject, fields."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import beside, setup, ticket_for
from headway.tickets.rules.fields import Definition
from headway.web.desk.acting import act
from headway.web.desk.door import DeskRequest, desk


@desk(Permission.WORK)
def priority(request: DeskRequest, number: int) -> HttpResponse:
    """POST `priority`: low, normal, high or urgent."""
    wanted = request.POST.get("priority", "").upper()
    if wanted not in Ticket.Priorities.names:
        raise Invalid(_("There is no such priority."), field="priority")
    return act(
        request,
        number,
        lambda ticket, expected: actions.set_priority(
            ticket, Ticket.Priorities[wanted], actor=request.user.actor, expected=expected
        ),
    )


@desk(Permission.WORK)
def tags(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the menu. POST `tag` puts one on, DELETE `tag` takes it off."""
    if request.method == "GET":
        ticket = ticket_for(request.user, number)
        known = [tag.name for tag in setup.tags(limit=200)]
        shown = {"id": ticket.pk, "tags": beside.tag_names(ticket)}
        return render(request, "desk/_tags.jinja", {"ticket": shown, "known": known})
    if request.method == "DELETE":
        gone = [request.GET.get("tag", "")]
        return act(request, number, lambda ticket, _expected: actions.untag(ticket, gone, actor=request.user.actor))
    fresh = [request.POST.get("tag", "")]
    return act(request, number, lambda ticket, _expected: actions.tag(ticket, fresh, actor=request.user.actor))


@desk(Permission.WORK)
def subject(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form. POST `subject` renames the ticket."""
    ticket = ticket_for(request.user, number)
    if request.method == "GET":
        return render(request, "desk/_subject.jinja", {"ticket": ticket, "subject": ticket.subject, "error": ""})
    wanted = request.POST.get("subject", "")
    try:
        return act(
            request,
            number,
            lambda found, expected: actions.set_subject(found, wanted, actor=request.user.actor, expected=expected),
        )
    except Invalid as refusal:
        shown = {"ticket": ticket, "subject": wanted, "error": refusal.message}
        return render(request, "desk/_subject.jinja", shown, status=422)


@desk(Permission.WORK)
def fields(request: DeskRequest, number: int) -> HttpResponse:
    """GET: the form with the fields of the ticket's type. POST `field-<key>` sets them."""
    ticket = ticket_for(request.user, number)
    definitions = setup.definitions_of(ticket.type_id)
    if request.method == "GET":
        return render(request, "desk/_fields.jinja", _form(ticket, definitions, ticket.fields))
    values = {each.key: _value(each, request.POST.get(f"field-{each.key}")) for each in definitions}
    try:
        return act(
            request,
            number,
            lambda found, expected: actions.set_fields(found, values, actor=request.user.actor, expected=expected),
        )
    except Invalid as refusal:
        return render(request, "desk/_fields.jinja", _form(ticket, definitions, values, refusal.message), status=422)


def _form(ticket: Ticket, definitions: list[Definition], values: dict[str, Any], error: str = "") -> dict[str, Any]:
    rows = []
    for each in definitions:
        value = values.get(each.key)
        choices = [(option, option) for option in each.options]
        row = {"key": each.key, "label": each.label, "kind": each.kind, "choices": choices}
        rows.append(row | {"value": bool(value) if each.kind == "check" else ("" if value is None else value)})
    return {"ticket": ticket, "fields": rows, "error": error}


def _value(definition: Definition, written: str | None) -> Any:
    """What was written as the field's kind of value; what is no number stays words, for the rule to refuse."""
    if definition.kind == "check":
        return written is not None
    if not written:
        return None
    if definition.kind == "number":
        try:
            return float(written) if "." in written else int(written)
        except ValueError:
            return written
    return written
