"""The checklist of a ticket at the desk."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Conflict, Invalid
from headway.people.rules import Permission
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.tickets.queries.checklist import Item, checklist_of, item_of
from headway.tickets.rules.checklist import LENGTH
from headway.web.desk.acting import Act, act
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.words import number as number_of
from headway.web.desk.words import numbers


@desk(Permission.NOTE)
def checklist(request: DeskRequest, number: int) -> HttpResponse:
    """POST `text` puts an item on the list."""
    text = [request.POST.get("text", "")]
    return act(request, number, lambda ticket, _expected: actions.add_items(ticket, text, actor=request.user.actor))


@desk(Permission.NOTE)
def item(request: DeskRequest, number: int, item_id: int) -> HttpResponse:
    """GET: the form. POST `text` and `position` change the item; without `text` its words stay."""
    ticket = ticket_for(request.user, number)
    items = checklist_of(ticket.pk)
    found = item_of(ticket.pk, item_id)
    places = [(str(each.position), str(each.position)) for each in items]
    shown = {"ticket": ticket, "item": found, "places": places, "length": LENGTH, "error": ""}
    if request.method == "GET":
        return render(request, "desk/_item.jinja", shown | {"text": found.text})
    text, position = request.POST.get("text", found.text), number_of(request.POST.get("position"))
    try:
        return act(request, number, _change(request, found, text, position))
    except Invalid as refusal:
        return render(request, "desk/_item.jinja", shown | {"text": text, "error": refusal.message}, status=422)


@desk(Permission.NOTE)
def completion(request: DeskRequest, number: int, item_id: int) -> HttpResponse:
    """POST ticks the item off, DELETE says that it is to be done again."""
    verb = actions.undo_item if request.method == "DELETE" else actions.do_item
    return act(request, number, lambda ticket, _expected: verb(ticket, item_id, actor=request.user.actor))


@desk(Permission.NOTE)
def removal(request: DeskRequest, number: int, item_id: int) -> HttpResponse:
    """POST takes the item off the list, DELETE puts it back where it stood."""
    back = request.method == "DELETE"
    verb = actions.restore_item if back else actions.remove_item
    return act(
        request,
        number,
        lambda ticket, _expected: verb(ticket, item_id, actor=request.user.actor),
        said="" if back else _("The item is removed."),
        undo=f"DELETE /desk/tickets/{number}/checklist/{item_id}/removal",
    )


def unless_told(request: DeskRequest, ticket: Ticket) -> None:
    """Before a ticket is solved: raises Conflict where things on its list are still to be done, unless this reader was
    told of all of them (`warned`): a second press passes."""
    left = [one for one in checklist_of(ticket.pk) if one.done_at is None]
    told = set(numbers(request.POST.get("warned")))
    if {one.id for one in left} - told:
        said = _("Still open on the checklist: %(items)s. Do the same again to solve it all the same.")
        raise Conflict(said % {"items": named(left)}, warned=",".join(str(one.id) for one in left))


def named(items: list[Item], most: int = 3) -> str:
    """The first of them in words, and how many more."""
    words = ", ".join(f"“{one.text}”" for one in items[:most])
    if len(items) <= most:
        return words
    return _("%(first)s and %(count)d more") % {"first": words, "count": len(items) - most}


def _change(request: DeskRequest, item: Item, text: str, position: int | None) -> Act:
    def change(ticket: Ticket, _expected: int | None) -> object:
        with transaction.atomic():
            changed = actions.reword_item(ticket, item.id, text, actor=request.user.actor)
            if position is not None and position != item.position:
                changed = actions.move_item(ticket, item.id, position, actor=request.user.actor)
        return changed

    return change
