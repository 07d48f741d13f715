"""Where somebody is in the inbox: a view, narrowed by filters or by words. It travels in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent
from headway.people.queries.names import Named
from headway.tickets.queries import Filter
from headway.tickets.queries.filters import NOBODY

UNFINISHED = ("new", "open", "hold")
FINISHED = ("solved", "closed")
FIRST = "mine"
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A view of the inbox and what narrows it. Values are as they stand in addresses: "" where nothing is chosen."""

    view: str = FIRST
    q: str = ""
    status: str = ""
    team: str = ""
    assignee: str = ""
    priority: str = ""
    tag: str = ""
    channel: str = ""
    brand: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str], view: str | None = None) -> Self:
        """The place an address names: the view of its path, or of its `in`."""
        given = {name: str(values.get(name, ""))[: 500 if name == "q" else 200].strip() for name in NARROWING}
        return cls(view=view or str(values.get("in", FIRST))[:40], **given)

    @property
    def address(self) -> str:
        """The list's own address, without what narrows it."""
        return f"/desk/views/{self.view}"

    @property
    def narrowed(self) -> dict[str, str]:
        """The filters in use, without the words."""
        return {name: getattr(self, name) for name in NARROWING if name != "q" and getattr(self, name)}

    def full_address(self, **more: str) -> str:
        """The list's address with everything that narrows it."""
        values = {name: getattr(self, name) for name in NARROWING if getattr(self, name)} | more
        return f"{self.address}?{urlencode(values)}" if values else self.address

    def query(self, **more: str) -> str:
        """What links from this place carry, beginning with "?"."""
        values = {"in": self.view} | {name: getattr(self, name) for name in NARROWING if getattr(self, name)}
        return "?" + urlencode(values | more)

    def without(self, name: str) -> "Place":
        """The same place with one filter taken away."""
        return replace(self, **{name: ""})

    def filter(self, agent: Agent) -> Filter:
        """The tickets shown here. Raises NotFound for a view that does not exist."""
        chosen = base(self.view, agent)
        if self.status:
            chosen = replace(chosen, categories=(self.status,), snoozed=None)
        if self.priority:
            chosen = replace(chosen, priorities=(_number(self.priority),))
        if self.team:
            chosen = replace(chosen, team_id=_number(self.team))
        if self.assignee:
            chosen = replace(chosen, assignee_id=agent.pk if self.assignee == "me" else _number(self.assignee))
        if self.brand:
            chosen = replace(chosen, brand_id=_number(self.brand))
        return replace(chosen, tag=self.tag or None, channel=self.channel or None)

    def search_filter(self, agent: Agent) -> Filter:
        """What a search here looks through: every ticket, but for the filters chosen on top."""
        if self.view == "spam":
            return self.filter(agent)
        return replace(self, view="all").filter(agent)


NARROWING = tuple(entry.name for entry in fields(Place) if entry.name != "view")


def base(view: str, agent: Agent) -> Filter:
    """What a view shows before anything narrows it."""
    if view.startswith("team-") and (team := _number(view.removeprefix("team-"))) > 0:
        return Filter(team_id=team, categories=UNFINISHED, snoozed=False)
    match view:
        case "mine":
            return Filter(assignee_id=agent.pk, categories=UNFINISHED, snoozed=False)
        case "unassigned":
            return Filter(assignee_id=NOBODY, categories=UNFINISHED, snoozed=False)
        case "open":
            return Filter(categories=UNFINISHED, snoozed=False)
        case "waiting":
            return Filter(categories=("waiting",), snoozed=False)
        case "snoozed":
            return Filter(snoozed=True)
        case "solved":
            return Filter(categories=FINISHED)
        case "all":
            return Filter()
        case "spam":
            return Filter(suspected=True)
    raise NotFound(_("There is no such view."))


def title(view: str, teams: list[Named]) -> str:
    """What a view is called."""
    team = next((team for team in teams if view == f"team-{team.id}"), None)
    if team:
        return team.name
    return {
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "open": _("All open"),
        "waiting": _("Waiting on customer"),
        "snoozed": _("Snoozed"),
        "solved": _("Solved"),
        "all": _("Everything"),
        "spam": _("Suspected spam"),
    }.get(view, _("Team"))


def _number(value: str) -> int:
    """An id out of an address; "none" and what is no number choose nothing."""
    return int(value) if value.isdecimal() and len(value) < 19 else NOBODY
