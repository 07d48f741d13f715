"""The people of the team: joining, what they may do and see, leaving."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.access import PasswordChanged
from headway.events.vocabulary.agents import (
    AgentArchived,
    AgentJoined,
    AgentRestored,
    HabitsChanged,
    ProfileChanged,
    RoleChanged,
    ScopeChanged,
    SignatureChanged,
)
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import checks
from headway.people.models import Agent, Brand
from headway.people.permissions import require
from headway.people.rules import Permission, Role, Sees, habits
from headway.people.rules.habits import Habits

LONGEST_SIGNATURE = 2000


@transaction.atomic
def add(
    email: str,
    name: str,
    role: str,
    *,
    actor: Actor,
    password: str | None = None,
    at: datetime | None = None,
    silent: bool = False,
    is_sample: bool = False,
) -> Agent:
    """Puts a person on the team at once. Without a password they set one through the reset page.

    Raises Conflict when the address is taken, also by somebody who has left.
    """
    require(actor, Permission.PEOPLE)
    agent = Agent(
        email=checks.identity("email", email), name=checks.name(name, 120), role=known_role(role), is_sample=is_sample
    )
    if password is None:
        agent.set_unusable_password()
    else:
        agent.set_password(checks.password(password, agent))
    return join(agent, actor=actor, at=at, silent=silent)


def join(agent: Agent, *, actor: Actor | None, at: datetime | None = None, silent: bool = False) -> Agent:
    """Saves a new person inside the caller's transaction; by themselves when `actor` is None."""
    try:
        with transaction.atomic():
            agent.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("This email address belongs to somebody on the team already."), field="email") from error
    event = AgentJoined(subject_id=agent.pk, role=agent.role)
    journal.record(event, actor=actor or agent.actor, at=at, silent=silent)
    return agent


@transaction.atomic
def set_habits(agent: Agent, wanted: Habits, *, actor: Actor) -> Agent:
    """How somebody works at the desk from now on; their own alone. Raises Invalid for a key that is none or would do
    two things, and for a look that does not exist."""
    if not (actor.kind == "agent" and actor.id == agent.pk):
        raise Forbidden(_("Everybody chooses their own keys."))
    kept, field = habits.checked(wanted)
    if kept is None:
        refusals = {
            "after": _("Choose where to go after acting on a ticket."),
            "keys": _("Each key is one character, to go somewhere two, and no two actions can have the same."),
        }
        raise Invalid(refusals.get(field, _("There is no such look.")), field=field)
    row = _locked(agent)
    if row.habits != kept:
        row.habits = kept
        row.save(update_fields=["habits"])
        journal.record(HabitsChanged(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def keep_signature(agent: Agent, text: str, *, actor: Actor) -> Agent:
    """What stands under somebody's answers; their own alone. What may be asked for in it is its caller's to know."""
    if not (actor.kind == "agent" and actor.id == agent.pk):
        raise Forbidden(_("Everybody writes their own signature."))
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_SIGNATURE:
        raise Invalid(
            _("A signature has %(most)d characters at most.") % {"most": LONGEST_SIGNATURE}, field="signature"
        )
    row = _locked(agent)
    if row.signature != text:
        row.signature = text
        row.save(update_fields=["signature"])
        journal.record(SignatureChanged(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def set_role(agent: Agent, role: str, *, actor: Actor) -> Agent:
    """Gives the person another role, in force at their next request. Raises Conflict for the last administrator."""
    require(actor, Permission.PEOPLE)
    target = known_role(role)
    row, others = _locked_beside_administrators(agent)
    if row.role == target:
        return row
    _must_stay(row, others)
    event = RoleChanged(subject_id=row.pk, from_role=row.role, to_role=target)
    row.role = target
    row.save(update_fields=["role"])
    journal.record(event, actor=actor)
    return row


@transaction.atomic
def set_scope(agent: Agent, sees: str, brands: Sequence[Brand] = (), *, actor: Actor) -> Agent:
    """Says which tickets the person sees: all, their teams', or those of the given brands."""
    require(actor, Permission.PEOPLE)
    if sees not in set(Sees):
        raise Invalid(_("A person sees all tickets, their teams', or their brands'."), field="sees")
    if sees == Sees.BRANDS and not brands:
        raise Invalid(_("Choose at least one brand."), field="brands")
    row = _locked(agent)
    wanted = {brand.pk for brand in brands} if sees == Sees.BRANDS else set()
    if row.sees == sees and set(row.brands.values_list("pk", flat=True)) == wanted:
        return row
    row.sees = sees
    row.save(update_fields=["sees"])
    row.brands.set(wanted)
    journal.record(ScopeChanged(subject_id=row.pk, sees=sees, brand_ids=tuple(sorted(wanted))), actor=actor)
    return row


@transaction.atomic
def edit_profile(
    agent: Agent, *, actor: Actor, name: str | None = None, language: str | None = None, timezone: str | None = None
) -> Agent:
    """Changes a person's name, language or time zone (None: as it is). Everybody may change their own."""
    if not (actor.kind == "agent" and actor.id == agent.pk):
        require(actor, Permission.PEOPLE)
    row = _locked(agent)
    before = (row.name, row.language, row.timezone)
    if name is not None:
        row.name = checks.name(name, 120)
    if language is not None:
        row.language = checks.language(language)
    if timezone is not None:
        row.timezone = checks.timezone(timezone)
    if (row.name, row.language, row.timezone) != before:
        row.save(update_fields=["name", "language", "timezone"])
        journal.record(ProfileChanged(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def set_password(agent: Agent, password: str, *, actor: Actor, by: str) -> Agent:
    """Sets a password, which ends the person's other sessions. `by` says how: `change`, `reset` or `command`."""
    if not (actor.kind == "agent" and actor.id == agent.pk):
        require(actor, Permission.PEOPLE)
    row = _locked(agent)
    row.set_password(checks.password(password, row))
    row.save(update_fields=["password"])
    journal.record(PasswordChanged(subject_id=row.pk, by=by), actor=actor)
    return row


@transaction.atomic
def archive(agent: Agent, *, actor: Actor) -> Agent:
    """The person leaves: signed out and without access at once. Their teams and tickets stay as they are.

    What becomes of the tickets is decided by whoever follows the event. Raises Conflict for the last administrator.
    """
    require(actor, Permission.PEOPLE)
    row, others = _locked_beside_administrators(agent)
    if row.archived_at is not None:
        return row
    _must_stay(row, others)
    row.archived_at = now()
    row.save(update_fields=["archived_at"])
    journal.record(AgentArchived(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def restore(agent: Agent, *, actor: Actor) -> Agent:
    """Brings back a person who had left, in the role they had."""
    require(actor, Permission.PEOPLE)
    row = _locked(agent)
    if row.archived_at is None:
        return row
    row.archived_at = None
    row.save(update_fields=["archived_at"])
    journal.record(AgentRestored(subject_id=row.pk, role=row.role), actor=actor)
    return row


def known_role(role: str) -> str:
    """The role by its name. Raises Invalid when there is none."""
    if role not in set(Role):
        raise Invalid(_("There is no role %(name)s.") % {"name": role[:40]}, field="role")
    return Role(role).value


def _locked(agent: Agent) -> Agent:
    row = Agent.objects.select_for_update().filter(pk=agent.pk).first()
    if row is None:
        raise NotFound(_("This person does not exist."))
    return row


def _locked_beside_administrators(agent: Agent) -> tuple[Agent, bool]:
    """The person's row, and whether somebody else administers.

    All are locked in one order: of two administrators who remove each other at once, one waits and is refused.
    """
    administers = Q(role=Role.ADMINISTRATOR, archived_at__isnull=True)
    rows = list(Agent.objects.filter(administers | Q(pk=agent.pk)).order_by("pk").select_for_update())
    own = [row for row in rows if row.pk == agent.pk]
    if not own:
        raise NotFound(_("This person does not exist."))
    return own[0], len(rows) > 1


def _must_stay(agent: Agent, others: bool) -> None:
    if agent.role == Role.ADMINISTRATOR and agent.archived_at is None and not others:
        raise Conflict(_("This is the last administrator. Make somebody else an administrator first."))
