"""Teams: the groups that tickets go to."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.teams import MembersChanged, TeamArchived, TeamCreated, TeamRestored, TeamUpdated
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.actions import checks
from headway.people.models import Agent, Membership, Team
from headway.people.permissions import require
from headway.people.rules import Permission


@transaction.atomic
def create(name: str, tier: int = 1, *, actor: Actor, is_sample: bool = False) -> Team:
    """Forms a team. Tier 1 meets the customer first. Raises Conflict when the name is taken."""
    require(actor, Permission.TEAMS)
    team = Team(name=checks.name(name, 80), tier=_known_tier(tier), is_sample=is_sample)
    _save(team)
    journal.record(TeamCreated(subject_id=team.pk, tier=team.tier), actor=actor)
    return team


@transaction.atomic
def edit(team: Team, *, actor: Actor, name: str | None = None, tier: int | None = None) -> Team:
    """Renames the team or moves it to another tier (None: as it is)."""
    require(actor, Permission.TEAMS)
    row = _locked(team)
    before = (row.name, row.tier)
    if name is not None:
        row.name = checks.name(name, 80)
    if tier is not None:
        row.tier = _known_tier(tier)
    if (row.name, row.tier) != before:
        _save(row)
        journal.record(TeamUpdated(subject_id=row.pk, tier=row.tier), actor=actor)
    return row


@transaction.atomic
def set_members(team: Team, agents: Iterable[Agent], *, actor: Actor) -> Team:
    """Makes exactly these people the team. Those who have left the workspace keep their place until they return."""
    require(actor, Permission.TEAMS)
    row, wanted = _locked(team), {agent.pk: agent for agent in agents}
    present = set(
        Membership.objects.filter(team=row, agent__archived_at__isnull=True).values_list("agent_id", flat=True)
    )
    added, removed = sorted(wanted.keys() - present), sorted(present - wanted.keys())
    if any(wanted[pk].archived_at is not None for pk in added):
        raise Invalid(_("Somebody who has left cannot join a team."), field="members")
    Membership.objects.filter(team=row, agent_id__in=removed).delete()
    Membership.objects.bulk_create(Membership(team=row, agent_id=pk) for pk in added)
    if added or removed:
        journal.record(
            MembersChanged(subject_id=row.pk, added=tuple(added), removed=tuple(removed)),
            actor=actor,
        )
    return row


@transaction.atomic
def archive(team: Team, *, actor: Actor) -> Team:
    """Dissolves the team: nothing new goes to it, its past stays."""
    require(actor, Permission.TEAMS)
    row = Team.objects.select_for_update().filter(pk=team.pk).first()
    if row is None:
        raise NotFound(_("This team does not exist."))
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        journal.record(TeamArchived(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def restore(team: Team, *, actor: Actor) -> Team:
    """Forms a dissolved team again, with the members it had. Raises Conflict when another one has its name now."""
    require(actor, Permission.TEAMS)
    row = Team.objects.select_for_update().filter(pk=team.pk).first()
    if row is None:
        raise NotFound(_("This team does not exist."))
    if row.archived_at is not None:
        row.archived_at = None
        _save(row)
        journal.record(TeamRestored(subject_id=row.pk), actor=actor)
    return row


def _locked(team: Team) -> Team:
    row = Team.objects.select_for_update().filter(pk=team.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This team does not exist any more."))
    return row


def _known_tier(tier: int) -> int:
    if not 1 <= tier <= 9:
        raise Invalid(_("A tier is a number from 1 to 9."), field="tier")
    return tier


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Conflict(_("There is a team of this name already."), field="name") from error
