"""What the token's owner is told, how they want to hear of it, and which tickets they follow."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.notifications import queries
from headway.notifications.actions import choosing, following, telling
from headway.notifications.queries import Told
from headway.people.queries.names import Named
from headway.people.rules import Permission, Scope
from headway.tickets.models import Ticket
from headway.tickets.queries import ticket_for
from headway.web.api.answers import Listed, answer, nothing, paged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, Pages, PathId
from headway.web.api.routes import Routes

routes = Routes("Notifications")

Ways = list[Literal["desk", "desktop", "mail"]]


@dataclass(slots=True)
class ChoicesOut:
    """How you hear of each kind of thing, and what makes you follow a ticket."""

    ways: dict[str, list[str]]
    follows: list[str]


class ChoicesIn(Input):
    """All of your choices: the ways of each kind, and what makes you follow a ticket."""

    assignment: Ways
    mention: Ways
    reply: Ways
    due: Ways
    follows: Annotated[list[Literal["assigned", "mentioned", "replied", "noted"]], Field(max_length=4)]


@dataclass(slots=True)
class FollowingOut:
    """Whether you follow the ticket, and everybody who does."""

    following: bool
    followers: list[Named]


@routes.get("/notifications", Scope.TICKETS_READ, Permission.READ, Listed[Told])
def list_notifications(request: ApiRequest, page: Pages) -> HttpResponse:
    """What concerns you, newest first, on tickets that you may see."""
    return paged(request, queries.told(request.agent, cursor=page.cursor, limit=page.limit))


@routes.put("/notifications/reading", Scope.TICKETS_WRITE, Permission.READ, None, status=204)
def read_all_notifications(request: ApiRequest) -> HttpResponse:
    """You have seen all of them."""
    telling.read_all(actor=request.actor, up_to=queries.newest(request.agent))
    return nothing()


@routes.put("/notifications/{notification_id}/reading", Scope.TICKETS_WRITE, Permission.READ, None, status=204)
def read_notification(request: ApiRequest, notification_id: PathId) -> HttpResponse:
    """You have seen this one."""
    telling.read_one(queries.notification_for(request.agent, notification_id), actor=request.actor)
    return nothing()


@routes.get("/me/notification-choices", Scope.TICKETS_READ, Permission.READ, ChoicesOut)
def read_notification_choices(request: ApiRequest) -> HttpResponse:
    """How you hear of things."""
    return answer(_choices(request))


@routes.put("/me/notification-choices", Scope.TICKETS_WRITE, Permission.READ, ChoicesOut)
def choose_notifications(request: ApiRequest, body: ChoicesIn) -> HttpResponse:
    """Choose how you hear of things."""
    ways = {"assignment": body.assignment, "mention": body.mention, "reply": body.reply, "due": body.due}
    choosing.choose(request.agent, actor=request.actor, ways=ways, follows=body.follows)
    return answer(_choices(request))


@routes.get("/tickets/{ticket_id}/following", Scope.TICKETS_READ, Permission.READ, FollowingOut)
def read_following(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Who follows a ticket."""
    return answer(_following(request, ticket_for(request.agent, ticket_id)))


@routes.put("/tickets/{ticket_id}/following", Scope.TICKETS_WRITE, Permission.READ, FollowingOut)
def follow_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Hear of what is said on a ticket."""
    ticket = ticket_for(request.agent, ticket_id)
    following.follow(ticket, actor=request.actor)
    return answer(_following(request, ticket))


@routes.delete("/tickets/{ticket_id}/following", Scope.TICKETS_WRITE, Permission.READ, FollowingOut)
def unfollow_ticket(request: ApiRequest, ticket_id: PathId) -> HttpResponse:
    """Hear of it no more, whatever you do on it."""
    ticket = ticket_for(request.agent, ticket_id)
    following.unfollow(ticket, actor=request.actor)
    return answer(_following(request, ticket))


def _choices(request: ApiRequest) -> ChoicesOut:
    chosen = queries.choices_of([request.agent.pk])[request.agent.pk]
    return ChoicesOut(chosen.shown(), list(chosen.follows))


def _following(request: ApiRequest, ticket: Ticket) -> FollowingOut:
    everybody = queries.followers(ticket)
    return FollowingOut(any(one.id == request.agent.pk for one in everybody), everybody)
