"""GET /tickets: find tickets."""

from typing import Annotated, Literal
from urllib.parse import quote

from django.http import HttpResponse
from ninja import Query
from pydantic import AwareDatetime, Field

from headway.people.rules import Permission, Scope
from headway.tickets import queries
from headway.tickets.queries import Filter, ListRow
from headway.tickets.queries.views import shown
from headway.web.api.answers import Listed, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Category, Id, IdOrNone, Paging
from headway.web.api.routes import Routes

routes = Routes("Tickets")

_None = "; 0 finds those without one."


class Chosen(Paging):
    """Which tickets. Left out: all. Snoozed ones are in unless `snoozed` says otherwise."""

    q: Annotated[
        str | None,
        Field(
            max_length=500,
            description='Words that one message must hold ("phrase", -without, prefi*), and typed filters as at the '
            "desk: from: to: assignee: is: status: priority: tag: channel: brand: org: before: after: has:attachment. "
            "What means nothing is named in the Headway-Notes header.",
        ),
    ] = None
    view_id: Annotated[Id | None, Field(description="A saved view: its filters and sorting come first.")] = None
    order: Annotated[
        Literal["active", "waiting", "created", "oldest", "priority", "due"] | None,
        Field(
            description="First: latest activity (or what the view says), longest waiting, newest, oldest, most urgent, "
            "or due soonest."
        ),
    ] = None
    category: list[Category] = []
    priority: Annotated[list[int], Field(description="1 low to 4 urgent.")] = []
    status_id: Id | None = None
    assignee_id: Annotated[IdOrNone | None, Field(description=f"A person{_None}")] = None
    team_id: Annotated[IdOrNone | None, Field(description=f"A team{_None}")] = None
    type_id: Annotated[IdOrNone | None, Field(description=f"A ticket type{_None}")] = None
    brand_id: Annotated[IdOrNone | None, Field(description=f"A brand{_None}")] = None
    customer_id: Annotated[IdOrNone | None, Field(description=f"A customer{_None}")] = None
    organisation_id: Annotated[IdOrNone | None, Field(description=f"An organisation{_None}")] = None
    tag: Annotated[str | None, Field(max_length=60)] = None
    channel: Annotated[str | None, Field(max_length=20)] = None
    created_from: AwareDatetime | None = None
    created_before: AwareDatetime | None = None
    updated_from: AwareDatetime | None = None
    suspected: Annotated[bool, Field(description="Suspected spam, and only that.")] = False
    snoozed: Annotated[bool | None, Field(description="true: only snoozed ones; false: none of them.")] = None
    merged: Annotated[bool, Field(description="Tickets that live on in another, and only those.")] = False


@routes.get("/tickets", Scope.TICKETS_READ, Permission.READ, Listed[ListRow])
def list_tickets(request: ApiRequest, chosen: Query[Chosen]) -> HttpResponse:
    """Tickets you may see, latest activity first; with `q` the newest match first."""
    view = shown(f"saved-{chosen.view_id}", request.agent) if chosen.view_id else None
    order = chosen.order or (view.order if view else "active")
    wanted = Filter(
        within=view.filter if view else None,
        categories=tuple(chosen.category),
        priorities=tuple(value for value in chosen.priority if 0 < value < 10) or ((0,) if chosen.priority else ()),
        status_id=chosen.status_id,
        assignee_id=chosen.assignee_id,
        team_id=chosen.team_id,
        type_id=chosen.type_id,
        brand_id=chosen.brand_id,
        customer_id=chosen.customer_id,
        organisation_id=chosen.organisation_id,
        tag=chosen.tag,
        channel=chosen.channel,
        created_from=chosen.created_from,
        created_before=chosen.created_before,
        updated_from=chosen.updated_from,
        suspected=chosen.suspected,
        snoozed=chosen.snoozed,
        merged=chosen.merged,
    )
    if not chosen.q:
        page = queries.listing(request.agent, wanted, order=order, cursor=chosen.cursor, limit=chosen.limit)
        return paged(request, page)
    found = queries.search(request.agent, chosen.q, wanted, order=order, cursor=chosen.cursor, limit=chosen.limit)
    response = paged(request, found)
    if found.notes:
        response.headers["Headway-Notes"] = quote(" ".join(found.notes), safe=" :,.()")
    return response
