"""As whom a token acts, what it may be used for, and how that person works at the desk."""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.people.actions import agents
from headway.people.rules import MATRIX, Permission, Role, Scope
from headway.people.rules.habits import KEYS
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input
from headway.web.api.people import PersonOut, out
from headway.web.api.routes import Routes

routes = Routes("People")


@dataclass(slots=True)
class Me:
    """The owner in the role of this moment, the token's scopes, and what the role permits."""

    person: PersonOut
    scopes: list[str]
    permissions: list[str]
    token_id: int


@routes.get("/me", None, None, Me)
def read_me(request: ApiRequest) -> HttpResponse:
    """As whom this token acts."""
    permissions = sorted(str(permission) for permission in MATRIX[Role(request.agent.role)])
    scopes = sorted(str(scope) for scope in request.access.scopes)
    return answer(Me(out(request.agent), scopes, permissions, request.access.token_id))


@dataclass(slots=True)
class HabitsOut:
    """How somebody works at the desk."""

    after: str
    keys_off: bool
    keys: dict[str, str]


class HabitsIn(Input):
    """How you work at the desk from now on."""

    after: Annotated[Literal["stay", "next", "list"], Field(description="Where to go after acting on a ticket.")] = (
        "stay"
    )
    keys_off: Annotated[bool, Field(description="Single keys do nothing.")] = False
    keys: Annotated[
        dict[str, str], Field(description=f"Chosen keys by the usual ones ({' '.join(KEYS)}).", max_length=len(KEYS))
    ] = {}


@routes.get("/me/habits", Scope.TICKETS_READ, Permission.READ, HabitsOut)
def read_habits(request: ApiRequest) -> HttpResponse:
    """How you work at the desk."""
    kept = request.agent.habits
    return answer(HabitsOut(kept.get("after", "stay"), kept.get("keys_off", False), kept.get("keys", {})))


@routes.put("/me/habits", Scope.TICKETS_WRITE, Permission.READ, HabitsOut)
def set_habits(request: ApiRequest, body: HabitsIn) -> HttpResponse:
    """Choose keys, switch them off, choose where to go after acting."""
    row = agents.set_habits(
        request.agent, actor=request.actor, after=body.after, keys_off=body.keys_off, keys=body.keys
    )
    return answer(HabitsOut(**row.habits))
