"""Saving views of the list, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.views import ViewChanged, ViewMoved, ViewRemoved, ViewRestored, ViewSaved
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.models import Agent, Membership, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import SavedView
from headway.tickets.queries.views import may_edit
from headway.tickets.rules.texts import one_line
from headway.tickets.rules.typed import parse
from headway.tickets.rules.views import MOST_VIEWS, ORDERS, fits, is_base


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a view shows: a list that is always there, filters by name on top, typed filters, and the sorting."""

    base: str
    narrowing: Mapping[str, str]
    q: str = ""
    order: str = "active"


@transaction.atomic
def save(
    name: str, filters: Filters, *, audience: str, team: Team | None = None, agent: Agent, actor: Actor
) -> SavedView:
    """Saves a view. Raises Invalid for what no view can be made of, Forbidden for an audience one may not serve."""
    require(actor, Permission.READ)
    row = SavedView(author=agent)
    _address(row, audience, team, agent)
    _name(row, name)
    _fill(row, filters)
    others = _beside(row)
    if others.count() >= MOST_VIEWS:
        raise Conflict(_("There are %(count)d views here already. Remove one first.") % {"count": MOST_VIEWS})
    row.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    row.save()
    journal.record(ViewSaved(subject_id=row.pk, audience=row.audience, team_id=row.team_id), actor=actor)
    return row


@transaction.atomic
def edit(
    view: SavedView,
    *,
    agent: Agent,
    actor: Actor,
    name: str | None = None,
    filters: Filters | None = None,
    audience: str | None = None,
    team: Team | None = None,
) -> SavedView:
    """Renames a view, gives it to another audience, or changes what it shows (None: as it is)."""
    row = _locked(view, agent, actor)
    if name is not None:
        _name(row, name)
    if filters is not None:
        _fill(row, filters)
    if audience is not None and (audience, team and team.pk) != (row.audience, row.team_id):
        if row.author_id != agent.pk and audience == SavedView.Audiences.OWN:
            raise Forbidden(_("Only its author can keep this view for themselves. Save a view of your own instead."))
        _address(row, audience, team, agent)
        row.position = (_beside(row).aggregate(last=Max("position"))["last"] or 0) + 1
    row.save()
    journal.record(ViewChanged(subject_id=row.pk, audience=row.audience, team_id=row.team_id), actor=actor)
    return row


@transaction.atomic
def move(view: SavedView, step: int, *, agent: Agent, actor: Actor) -> SavedView:
    """Moves a view so many places down (up when negative) among those of its audience; it stops at the ends."""
    row = _locked(view, agent, actor)
    beside = list(_beside(row).select_for_update().order_by("position", "pk"))
    at = next(index for index, each in enumerate(beside) if each.pk == row.pk)
    wanted = max(0, min(len(beside) - 1, at + step))
    if wanted == at:
        return row
    beside.insert(wanted, beside.pop(at))
    for position, each in enumerate(beside, start=1):
        each.position = position
    SavedView.objects.bulk_update(beside, ["position"])
    journal.record(ViewMoved(subject_id=row.pk, position=wanted + 1), actor=actor)
    return beside[wanted]


@transaction.atomic
def remove(view: SavedView, *, agent: Agent, actor: Actor) -> SavedView:
    """Removes a view from everybody's list; `restore` brings it back."""
    row = _locked(view, agent, actor)
    row.archived_at = now()
    row.save(update_fields=["archived_at"])
    journal.record(ViewRemoved(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def restore(view: SavedView, *, agent: Agent, actor: Actor) -> SavedView:
    """Brings a removed view back to its place."""
    row = _locked(view, agent, actor, removed=True)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        journal.record(ViewRestored(subject_id=row.pk), actor=actor)
    return row


def _locked(view: SavedView, agent: Agent, actor: Actor, *, removed: bool = False) -> SavedView:
    require(actor, Permission.READ)
    row = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if row is None or (row.archived_at is not None and not removed):
        raise NotFound(_("This view was removed meanwhile."))
    if not may_edit(agent, row):
        raise Forbidden(_("This view belongs to others. Save a view of your own instead."))
    return row


def _address(row: SavedView, audience: str, team: Team | None, agent: Agent) -> None:
    if audience not in SavedView.Audiences.values:
        raise Invalid(_("Say whom the view is for."), field="audience")
    row.audience = audience
    row.team = team if audience == SavedView.Audiences.TEAM else None
    if audience == SavedView.Audiences.TEAM and team is None:
        raise Invalid(_("Say which team the view is for."), field="team_id")
    if row.team and not Membership.objects.filter(team=row.team, agent_id=agent.pk).exists():
        raise Forbidden(_("You can save views for your own teams only."))
    if not may_edit(agent, row):
        raise Forbidden(_("Your role does not allow views for others. Save it for yourself."))


def _name(row: SavedView, name: str) -> None:
    row.name = one_line(name, 80)
    if not row.name:
        raise Invalid(_("Give the view a name."), field="name")


def _fill(row: SavedView, filters: Filters) -> None:
    if not is_base(filters.base):
        raise Invalid(_("There is no such list to begin with."), field="base")
    if not fits(filters.narrowing):
        raise Invalid(_("These filters are not ones a view can have."), field="narrowing")
    if filters.order not in ORDERS:
        raise Invalid(_("There is no such sorting."), field="order")
    if words := parse(filters.q).words:
        raise Invalid(
            _("A view is made of filters; it cannot keep looking for words. Take “%(words)s” out of the search first.")
            % {"words": one_line(words, 60)},
            field="q",
        )
    row.base, row.narrowing, row.q, row.order = filters.base, dict(filters.narrowing), filters.q.strip(), filters.order


def _beside(row: SavedView) -> QuerySet[SavedView]:
    """The views that stand in one list with this one."""
    beside = SavedView.objects.filter(audience=row.audience, team=row.team, archived_at__isnull=True)
    return beside.filter(author=row.author) if row.audience == SavedView.Audiences.OWN else beside
