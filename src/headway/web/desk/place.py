"""Where somebody is in the inbox: a view, narrowed by filters or by words. It travels in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from headway.people.models import Agent
from headway.people.queries.names import Named
from headway.tickets.models import SavedView
from headway.tickets.queries import Filter, views
from headway.tickets.queries.views import Shown
from headway.tickets.rules.views import ORDERS

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
    order: str = ""

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
        """The filters in use and the sorting, without the words."""
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

    def shown(self, agent: Agent, saved: SavedView | None = None) -> Shown:
        """The tickets shown here and how they are sorted. Raises NotFound for a view that does not exist."""
        view = views.shown(self.view, agent, saved=saved)
        order = self.order if self.order in ORDERS else view.order
        return replace(view, filter=views.narrowed(view.filter, self.narrowed, agent), order=order)

    def search_filter(self, agent: Agent) -> Filter:
        """What a search here looks through: every ticket, but for the filters chosen on top."""
        if self.view == "spam":
            return self.shown(agent).filter
        return replace(self, view="all").shown(agent).filter


NARROWING = tuple(entry.name for entry in fields(Place) if entry.name != "view")


def title(view: str, teams: list[Named]) -> str:
    """What a view is called."""
    team = next((team for team in teams if view == f"team-{team.id}"), None)
    if team:
        return team.name
    return {
        "mine": _("Mine"),
        "unassigned": _("Unassigned"),
        "mentions": _("Mentions"),
        "open": _("All open"),
        "waiting": _("Waiting on customer"),
        "snoozed": _("Snoozed"),
        "solved": _("Solved"),
        "all": _("Everything"),
        "spam": _("Suspected spam"),
    }.get(view, _("Team"))
