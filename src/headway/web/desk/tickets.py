"""A ticket's screen, and how a new one is begun on a customer's behalf."""

from dataclasses import dataclass, field, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.foundation.together import together
from headway.intake import queries as intake
from headway.people.actions import agents
from headway.people.actions import customers as customer_actions
from headway.people.models import Customer
from headway.people.queries import brands, customers, names
from headway.people.rules import Permission
from headway.people.rules.habits import habits_of
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.tickets.queries import setup, ticket_for
from headway.tickets.queries.conversation import files_of
from headway.web.desk import folding, listing, navigation
from headway.web.desk.acting import changed
from headway.web.desk.delivery import deliveries
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.passages import between
from headway.web.desk.place import Place
from headway.web.desk.responses import announce, toast
from headway.web.desk.screen import screen
from headway.web.desk.story import channel_words
from headway.web.desk.told import told
from headway.web.desk.words import number as number_of


@dataclass(slots=True)
class Draft:
    """A ticket being begun, as it was typed, with what is wrong by field. `customer`: whose screen it was begun on."""

    email: str = ""
    subject: str = ""
    body: str = ""
    channel: str = "phone"
    customer: Customer | None = None
    errors: dict[str, str] = field(default_factory=lambda: {"email": "", "subject": "", "body": ""})

    @property
    def channels(self) -> list[tuple[str, str]]:
        """The ways a customer may have reached us."""
        return [(name, channel_words(name)) for name in ("phone", "email", "chat", "form")]


@desk()
def ticket(request: DeskRequest, number: int) -> HttpResponse:
    """The ticket: alone when it opens beside the list, otherwise with the list it was opened from."""
    found = ticket_for(request.user, number)
    shown = screen(request, found)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "desk/_pane.jinja", {"ticket": shown})
    here = Place.of(request.GET)
    teams = names.teams_of(request.user)
    pane = listing.of(request.user, here, teams, open_id=number)
    nav = navigation.navigation(request, here, teams)
    return render(request, "desk/inbox.jinja", {"ticket": shown, "listing": pane, "nav": nav})


@desk()
def earlier(request: DeskRequest, number: int) -> HttpResponse:
    """What comes where a fold between `after` and `before` stood: its last `most` messages, or those from `reach` on;
    204 when that is not among them."""
    found, asked = ticket_for(request.user, number), request.GET
    ends, reach = (asked.get("after", ""), asked.get("before", "")), asked.get("reach", "")
    most = number_of(asked.get("most")) or folding.STEP
    passages = between(number, *ends, most, reach)
    if passages is None:
        return HttpResponse(status=204)
    part = told(request.user, found, setup.statuses(), passages)
    sent = [turn.id for turn in part.turns if turn.kind == "out"]
    sendings, _files = together(intake.sendings_on(sent), files_of(part.turns))
    entries = folding.part(part.shown(deliveries(sendings)), number, *ends, reach=reach, most=most)
    return render(request, "desk/_entries.jinja", {"ticket": {"entries": entries, "news": None}})


@desk()
def journal(request: DeskRequest, number: int) -> HttpResponse:
    """POST shows the full journal in the conversation, of this ticket and of every other from now on; DELETE its story
    alone. Answers with the conversation anew."""
    wanted = "all" if request.method == "POST" else ""
    ticket = ticket_for(request.user, number)
    habits = habits_of(request.user.habits)
    if habits.journal != wanted:
        request.user.habits = agents.set_habits(
            request.user, replace(habits, journal=wanted), actor=request.user.actor
        ).habits
    return render(request, "desk/_journal.jinja", {"ticket": screen(request, ticket)})


@desk()
def changes(request: DeskRequest, number: int) -> HttpResponse:
    """What is new on the ticket since `seen`."""
    return changed(request, number, looking=True)


@desk(Permission.WORK)
def draft(request: DeskRequest) -> HttpResponse:
    """The form for a new ticket; for somebody known, with `customer`."""
    known = number_of(request.GET.get("customer"))
    begun = Draft(customer=customers.customer_by_id(known) if known else None)
    return render(request, "desk/_draft.jinja", {"draft": begun})


@desk(Permission.WORK)
def tickets(request: DeskRequest) -> HttpResponse:
    """POST begins a ticket with a customer's words, in the customer's name."""
    given = request.POST
    known = number_of(given.get("customer"))
    draft = Draft(
        given.get("email", ""), given.get("subject", ""), given.get("body", ""), given.get("channel", "phone"),
        customers.customer_by_id(known) if known else None,
    )  # fmt: skip
    try:
        customer = draft.customer or customers.known_by("email", draft.email)
        if customer is None:
            customer = customer_actions.create(actor=request.user.actor, known_by=[("email", draft.email)])
        opening = Opening(
            subject=draft.subject, channel=draft.channel, customer=customer, brand=brands.default_brand(),
            assignee=request.user if request.user.may(Permission.REPLY) else None,
        )  # fmt: skip
        begun, _message = actions.open_ticket(opening, Words(text=draft.body), actor=request.user.actor)
    except Invalid as refusal:
        name = str(refusal.details.get("field", "email"))
        draft.errors[name if name in draft.errors else "email"] = refusal.message
        return render(request, "desk/_draft.jinja", {"draft": draft}, status=422)
    response = HttpResponse()
    announce(response, open={"address": f"/desk/tickets/{begun.pk}"})
    return toast(response, _("Ticket #%(id)s begun.") % {"id": begun.pk})
