"""POST /tickets: a ticket begins with a customer's message, or with one of ours."""

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import Invalid
from headway.foundation.rows import gather
from headway.people.actions import identities
from headway.people.models import Brand, Customer
from headway.people.queries import brands
from headway.people.rules import Permission, Scope
from headway.tickets import actions, queries
from headway.tickets.actions import Opening, Words, beginning
from headway.tickets.actions.beginning import Beginning
from headway.tickets.models import Ticket
from headway.tickets.queries import Detail
from headway.web.api import known
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, Input, Name, Priority, Subject, Text
from headway.web.api.routes import Routes
from headway.web.api.tickets.status import status_of
from headway.web.api.uploads import attachments

routes = Routes("Tickets")


class Requester(Input):
    """Whom the ticket is from or for, by one identity. Somebody unknown becomes a customer."""

    kind: Literal["email", "phone", "external"] = "email"
    value: Annotated[str, Field(max_length=320)]
    name: Name = ""


class TicketIn(Input):
    """How a ticket begins. Name the customer by `customer_id` or by `customer`, not both."""

    text: Text = ""
    subject: Subject = ""
    author: Annotated[
        Literal["customer", "agent"],
        Field(description="customer: the text is theirs, written down for them. agent: we write to them first."),
    ] = "customer"
    customer_id: Id | None = None
    customer: Requester | None = None
    channel: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,19}$")] = "api"
    priority: Priority = 2
    type_id: Id | None = None
    fields: dict[str, Any] = {}
    team_id: Id | None = None
    assignee_id: Id | None = None
    brand_id: Annotated[Id | None, Field(description="Left out: the default brand.")] = None
    tags: Annotated[list[str], Field(max_length=100)] = []
    category: Annotated[
        Category | None, Field(description="agent only: where the ticket stands after our message.")
    ] = None
    upload_ids: Annotated[list[Id], Field(max_length=50)] = []


@routes.post("/tickets", Scope.TICKETS_WRITE, Permission.WORK, Detail)
def create_ticket(request: ApiRequest, body: TicketIn) -> HttpResponse:
    """Begin a ticket on a customer's behalf, or write to a customer first."""
    if body.author == "customer" and body.category is not None:
        raise Invalid(_("A customer's ticket begins as new."), field="body.category")
    customer, brand, begins = _gathered(request, body)
    opening = Opening(
        subject=body.subject,
        channel=body.channel,
        customer=customer,
        brand=brand,
        type=known.ticket_type(body.type_id) if body.type_id else None,
        fields=body.fields,
        priority=body.priority,
        team=known.team(body.team_id) if body.team_id else None,
        assignee=known.agent(body.assignee_id) if body.assignee_id else None,
        tags=body.tags,
    )
    words = Words(text=body.text, files=attachments(request, body.upload_ids))
    if body.author == "customer":
        ticket, _message = actions.open_ticket(opening, words, actor=request.actor, begins=begins)
    else:
        status = status_of(None, body.category) if body.category else None
        ticket, _message = actions.write_first(opening, words, actor=request.actor, status=status, begins=begins)
    return answer(_shown(ticket, body), 201, version=ticket.version, location=f"/tickets/{ticket.pk}")


def _gathered(request: ApiRequest, body: TicketIn) -> tuple[Customer | None, Brand | None, Beginning]:
    """Whose ticket it is, under which brand, and how it begins: one query where the customer has an id."""
    if body.customer_id is not None and body.customer is not None:
        raise Invalid(_("Name the customer once."), field="body.customer")
    wanted = known.wanted(Brand, body.brand_id) if body.brand_id else brands.DEFAULT
    if body.customer_id is None:
        customer = _requester(request, body, body.customer) if body.customer else None
        brand, *begins = gather(wanted, *beginning.NEEDED)
    else:
        customer, brand, *begins = gather(known.wanted(Customer, body.customer_id), wanted, *beginning.NEEDED)
        known.there(customer, "customer_id")
    return customer, known.there(brand, "brand_id") if body.brand_id else brand, beginning.begun(begins)


def _requester(request: ApiRequest, body: TicketIn, who: Requester) -> Customer:
    if Scope.CUSTOMERS_WRITE in request.access.scopes:
        return identities.find_or_create(who.kind, who.value, actor=request.actor, name=who.name, channel=body.channel)[
            0
        ]
    return known.customer_by(who.kind, who.value)


def _shown(ticket: Ticket, body: TicketIn) -> Detail:
    """What was just written; read again only when tags were put on, whose names may be written differently."""
    return queries.detail_after(ticket.pk) if body.tags else queries.detail_of(ticket)
