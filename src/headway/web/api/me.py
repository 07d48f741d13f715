"""As whom a token acts, and what it may be used for."""

from dataclasses import dataclass

from django.http import HttpResponse

from headway.people.rules import MATRIX, Role
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
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
