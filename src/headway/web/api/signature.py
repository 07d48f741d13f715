"""The signature of the owner of a token."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from headway.people.actions.agents import LONGEST_SIGNATURE
from headway.people.rules import Permission, Scope
from headway.tickets.actions.signatures import sign
from headway.tickets.rules.macros import VARIABLES
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input
from headway.web.api.routes import Routes

routes = Routes("People")


@dataclass(slots=True)
class SignatureOut:
    """What stands under your answers, as Markdown."""

    signature: str


class SignatureIn(Input):
    """What stands under your answers from now on, above the mailbox's or the brand's."""

    signature: Annotated[
        str,
        Field(max_length=LONGEST_SIGNATURE, description=f"Markdown; fills in {{{{ }}}} of: {', '.join(VARIABLES)}."),
    ]


@routes.get("/me/signature", Scope.TICKETS_READ, Permission.REPLY, SignatureOut)
def read_signature(request: ApiRequest) -> HttpResponse:
    """What stands under your answers."""
    return answer(SignatureOut(request.agent.signature))


@routes.put("/me/signature", Scope.TICKETS_WRITE, Permission.REPLY, SignatureOut)
def set_signature(request: ApiRequest, body: SignatureIn) -> HttpResponse:
    """Write your signature; "" takes it away."""
    return answer(SignatureOut(sign(request.agent, body.signature, actor=request.actor).signature))
