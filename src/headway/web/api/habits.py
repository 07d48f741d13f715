"""How the owner of a token works at the desk."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from pydantic import Field

from headway.people.actions import agents
from headway.people.rules import Permission, Scope
from headway.people.rules.habits import KEYS, WIDTHS, Habits, habits_of
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input
from headway.web.api.routes import Routes

routes = Routes("People")


@dataclass(slots=True)
class HabitsOut:
    """How somebody works at the desk."""

    after: str
    keys_off: bool
    keys: dict[str, str]
    theme: str
    density: str
    motion: str
    side: str
    side_width: int
    journal: str


class HabitsIn(Input):
    """How you work at the desk from now on. Empty looks are as your system or the product would have them."""

    after: Annotated[Literal["next", "stay", "list"], Field(description="Where to go after acting on a ticket.")] = (
        "next"
    )
    keys_off: Annotated[bool, Field(description="Single keys do nothing.")] = False
    keys: Annotated[
        dict[str, str],
        Field(
            description=f"Chosen keys by the usual ones ({', '.join(KEYS)}): one character, to go somewhere two with "
            "a space between.",
            max_length=len(KEYS),
        ),
    ] = {}
    theme: Annotated[Literal["", "light", "dark"], Field(description="Light or dark.")] = ""
    density: Annotated[Literal["", "compact"], Field(description="How tall rows are.")] = ""
    motion: Annotated[Literal["", "reduce"], Field(description="Whether things may move.")] = ""
    side: Annotated[Literal["", "closed"], Field(description="The panel beside a ticket.")] = ""
    side_width: Annotated[int, Field(description=f"Its width in pixels: {WIDTHS}; 0 is the usual.")] = 0
    journal: Annotated[
        Literal["", "all"], Field(description="all: conversations at the desk show everything that happened.")
    ] = ""


@routes.get("/me/habits", Scope.TICKETS_READ, Permission.READ, HabitsOut)
def read_habits(request: ApiRequest) -> HttpResponse:
    """How you work at the desk."""
    return answer(_out(request.agent.habits))


@routes.put("/me/habits", Scope.TICKETS_WRITE, Permission.READ, HabitsOut)
def set_habits(request: ApiRequest, body: HabitsIn) -> HttpResponse:
    """Choose keys, switch them off, choose where to go after acting and how the desk looks."""
    row = agents.set_habits(request.agent, Habits(**body.model_dump()), actor=request.actor)
    return answer(_out(row.habits))


def _out(kept: dict[str, Any]) -> HabitsOut:
    return HabitsOut(**asdict(habits_of(kept)))
