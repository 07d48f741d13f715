"""Reading prepared answers: who may use which, on which ticket, and what their words become there."""

from dataclasses import dataclass

import msgspec
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.people.models import Agent, Membership
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.tickets.models import Macro, Ticket
from headway.tickets.queries.visibility import sane
from headway.tickets.rules.macros import Changes, Conditions, Facts, fits, render


@dataclass(frozen=True, slots=True)
class Prepared:
    """A macro as it would be on one ticket: its words filled in, and what it would change."""

    id: int
    name: str
    shortcut: str
    text: str
    note: str
    changes: Changes


def macros(agent: Agent) -> QuerySet[Macro]:
    """Those a person may use: everybody's, their teams', their own. Who manages teams reads those of every team."""
    found = Macro.objects.filter(archived_at__isnull=True).select_related("owner", "team")
    teams = Q(team__isnull=False)
    if not agent.may(Permission.TEAMS):
        teams = Q(team_id__in=Membership.objects.filter(agent_id=agent.pk).values("team_id"))
    return found.filter(Q(owner__isnull=True, team__isnull=True) | teams | Q(owner_id=agent.pk)).order_by("name", "pk")


def macro_for(agent: Agent, macro_id: int) -> Macro:
    """One a person may use. Raises NotFound."""
    found = macros(agent).filter(pk=sane(macro_id)).first()
    if found is None:
        raise NotFound(_("There is no such macro, or it is not yours to use."))
    return found


def offered(agent: Agent, ticket: Ticket) -> list[Prepared]:
    """The macros that fit a ticket the person was let through to, by name."""
    facts = Facts(ticket.channel, ticket.language, ticket.status_id, ticket.team_id)
    values = values_of(agent, ticket)
    return [_prepared(macro, values) for macro in macros(agent) if fits(conditions_of(macro), facts)]


def prepared(agent: Agent, ticket: Ticket, macro: Macro) -> Prepared:
    """One macro as it would be on a ticket."""
    return _prepared(macro, values_of(agent, ticket))


def values_of(agent: Agent, ticket: Ticket) -> dict[str, str]:
    """What the variables stand for on a ticket, for who is writing."""
    customer = ticket.customer.name if ticket.customer else ""
    # an address is no name to greet somebody by
    customer = "" if "@" in customer else customer
    workspace = settings.current().name
    return {
        "ticket.number": str(ticket.pk),
        "ticket.subject": ticket.subject,
        "customer.name": customer,
        "customer.first_name": customer.split()[0] if customer.split() else "",
        "agent.name": agent.name,
        "agent.first_name": agent.name.split()[0] if agent.name.split() else "",
        "brand.name": ticket.brand.name if ticket.brand else workspace,
        "team.name": ticket.team.name if ticket.team else "",
        "workspace.name": workspace,
    }


def conditions_of(macro: Macro) -> Conditions:
    """Where it is offered."""
    return msgspec.convert(macro.conditions, Conditions)


def changes_of(macro: Macro) -> Changes:
    """What it changes."""
    return msgspec.convert(macro.changes, Changes)


def _prepared(macro: Macro, values: dict[str, str]) -> Prepared:
    return Prepared(
        macro.pk, macro.name, macro.shortcut, render(macro.text, values), render(macro.note, values), changes_of(macro)
    )
