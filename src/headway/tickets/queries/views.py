"""Views of the list: those that are always there, and those that people saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent, Membership
from headway.people.rules import Permission
from headway.tickets.models import SavedView
from headway.tickets.queries.filters import NOBODY, NOTHING, Condition, Filter
from headway.tickets.queries.typed import Known, resolved
from headway.tickets.rules.views import saved_of, team_of

UNFINISHED = ("new", "open", "hold")
FINISHED = ("solved", "closed")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view shows, how it is sorted, and what its reader should know of filters that mean nothing (any more)."""

    filter: Filter
    order: str = "active"
    notes: tuple[str, ...] = ()


def shown(name: str, agent: Agent, *, saved: SavedView | None = None, known: Known | None = None) -> Shown:
    """The view of this name before anything narrows it. Raises NotFound. No query but for saved views, unless `saved`
    is at hand, and for what their typed filters name."""
    if saved is None and (number := saved_of(name)) is not None:
        saved = saved_by_id(agent, number)
    if saved is None:
        return Shown(_base(name, agent))
    chosen = narrowed(_base(saved.base, agent), saved.narrowing, agent)
    typed = resolved(agent, saved.q, chosen, known)
    return Shown(typed.filter or replace(chosen, conditions=(NOTHING,)), saved.order, typed.notes)


def counted(name: str, agent: Agent, chosen: Filter) -> Filter:
    """What the number beside a view counts: all that it shows, but of mentions those that were not read."""
    return replace(chosen, conditions=(Condition("mentioned_unread", (agent.pk,)),)) if name == "mentions" else chosen


def narrowed(chosen: Filter, values: Mapping[str, str], agent: Agent) -> Filter:
    """The filter with others by name on top; values are as they stand in addresses."""
    if status := values.get("status"):
        chosen = replace(chosen, categories=(status,), snoozed=None)
    if priority := values.get("priority"):
        chosen = replace(chosen, priorities=(_number(priority),))
    if team := values.get("team"):
        chosen = replace(chosen, team_id=_number(team))
    if assignee := values.get("assignee"):
        chosen = replace(chosen, assignee_id=agent.pk if assignee == "me" else _number(assignee))
    if brand := values.get("brand"):
        chosen = replace(chosen, brand_id=_number(brand))
    return replace(chosen, tag=values.get("tag") or chosen.tag, channel=values.get("channel") or chosen.channel)


def saved_views(agent: Agent, teams: Sequence[int] | None = None) -> list[SavedView]:
    """The views somebody sees: their own, of their teams, of everybody; each in its order. One query."""
    inside = Membership.objects.filter(agent_id=agent.pk).values("team_id") if teams is None else list(teams)
    mine = Q(audience="own", author_id=agent.pk) | Q(audience="team", team_id__in=inside) | Q(audience="all")
    found = SavedView.objects.filter(mine, archived_at__isnull=True)
    ranks = {"own": 0, "team": 1, "all": 2}
    return sorted(found, key=lambda view: (ranks[view.audience], view.team_id or 0, view.position, view.pk))


def saved_by_id(agent: Agent, view_id: int, *, removed: bool = False) -> SavedView:
    """One view somebody sees; with `removed` also one that was removed. Raises NotFound. One query."""
    inside = Membership.objects.filter(agent_id=agent.pk).values("team_id")
    mine = Q(audience="own", author_id=agent.pk) | Q(audience="team", team_id__in=inside) | Q(audience="all")
    rows = SavedView.objects.filter(mine, pk=view_id)
    found = (rows if removed else rows.filter(archived_at__isnull=True)).first()
    if found is None:
        raise NotFound(_("There is no such view."))
    return found


def may_edit(agent: Agent, view: SavedView) -> bool:
    """Whether somebody who sees the view may change it: its author alone when it is their own; a team's, whoever of
    the team works on tickets; everybody's, who manages teams."""
    match view.audience:
        case "own":
            return view.author_id == agent.pk
        case "team":
            return agent.may(Permission.WORK)
    return agent.may(Permission.TEAMS)


def _base(view: str, agent: Agent) -> Filter:
    if team := team_of(view):
        return Filter(team_id=team, categories=UNFINISHED, snoozed=False)
    match view:
        case "mine":
            return Filter(assignee_id=agent.pk, categories=UNFINISHED, snoozed=False)
        case "unassigned":
            return Filter(assignee_id=NOBODY, categories=UNFINISHED, snoozed=False)
        case "mentions":
            return Filter(conditions=(Condition("mentioned", (agent.pk,)),))
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


def _number(value: str) -> int:
    """An id out of an address; "none" and what is no number choose nothing."""
    return int(value) if value.isdecimal() and len(value) < 19 else NOBODY
