"""People of the past, written at once and silently: for imports, sample data and load tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.journal import Draft
from headway.events.vocabulary.agents import AgentArchived, AgentJoined
from headway.events.vocabulary.customers import CustomerCreated, IdentityAdded
from headway.events.vocabulary.organisations import OrganisationCreated
from headway.foundation.clock import now
from headway.foundation.statements import add_many
from headway.people.actions import checks
from headway.people.models import Agent, Customer, Identity, Organisation, OrganisationDomain
from headway.people.permissions import require
from headway.people.rules import Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrganisation:
    """An organisation with the domains its people write from, known since `at`."""

    name: str
    at: datetime
    domain: str = ""
    domains: Sequence[str] = ()
    notes: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCustomer:
    """A customer with a mail address nobody else has, or none, known since `at`.

    `others`: kind and value of further identities that nobody else has.
    """

    name: str
    address: str
    at: datetime
    others: Sequence[tuple[str, str]] = ()
    language: str = ""
    organisation_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAgent:
    """Somebody who worked elsewhere, with an address nobody else has."""

    name: str
    address: str
    at: datetime


@transaction.atomic
def write_former_agents(pasts: Sequence[PastAgent], *, actor: Actor) -> list[Agent]:
    """Writes people who may not sign in, so that what they did keeps their name; same order as given.

    Raises IntegrityError when an address is taken.
    """
    require(actor, Permission.PEOPLE)
    made = Agent.objects.bulk_create(
        Agent(
            name=checks.name(past.name, 120),
            email=checks.identity("email", past.address),
            role=Role.AGENT,
            password=make_password(None),
            archived_at=now(),
        )
        for past in pasts
    )
    drafts = [
        Draft(event=event, actor=actor, at=at)
        for row, past in zip(made, pasts, strict=True)
        for event, at in (
            (AgentJoined(subject_id=row.pk, role=row.role), past.at),
            (AgentArchived(subject_id=row.pk), None),
        )
    ]
    journal.record_many(drafts, silent=True)
    return made


@transaction.atomic
def write_organisations(
    pasts: Sequence[PastOrganisation], *, actor: Actor, is_sample: bool = False
) -> list[Organisation]:
    """Writes the organisations; same order as given. Raises IntegrityError when a domain is taken."""
    require(actor, Permission.CUSTOMERS)
    made = add_many(
        Organisation(
            name=checks.name(past.name, 200),
            facts=checks.custom_facts(past.facts),
            notes=past.notes.replace("\x00", ""),
            is_sample=is_sample,
        )
        for past in pasts
    )
    add_many(
        OrganisationDomain(organisation=row, domain=checks.domain(domain))
        for row, past in zip(made, pasts, strict=True)
        for domain in (past.domain, *past.domains)
        if domain
    )
    drafts = [
        Draft(event=OrganisationCreated(subject_id=row.pk), actor=actor, at=past.at)
        for row, past in zip(made, pasts, strict=True)
    ]
    journal.record_many(drafts, silent=True)
    return made


@transaction.atomic
def write_customers(
    pasts: Sequence[PastCustomer], *, actor: Actor, channel: str = "", is_sample: bool = False
) -> list[Customer]:
    """Writes the customers; same order as given. Raises IntegrityError when an address is taken."""
    require(actor, Permission.CUSTOMERS)
    made = add_many(
        Customer(
            name=checks.name(past.name, 200, required=False),
            language=past.language,
            organisation_id=past.organisation_id,
            facts=checks.custom_facts(past.facts),
            created_at=past.at,
            is_sample=is_sample,
        )
        for past in pasts
    )
    identities = add_many(
        Identity(customer=row, kind=kind, value=checks.identity(kind, value))
        for row, past in zip(made, pasts, strict=True)
        for kind, value in (("email", past.address), *past.others)
        if value
    )
    known = {row.pk: past.at for row, past in zip(made, pasts, strict=True)}
    drafts = [
        Draft(event=CustomerCreated(subject_id=pk, channel=channel), actor=actor, at=at) for pk, at in known.items()
    ]
    drafts += [
        Draft(
            event=IdentityAdded(subject_id=one.customer_id, identity_id=one.pk, identity_kind=one.kind),
            actor=actor,
            at=known[one.customer_id],
        )
        for one in identities
    ]
    journal.record_many(drafts, silent=True)
    return made
