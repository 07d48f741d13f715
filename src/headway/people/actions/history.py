"""Organisations and customers of the past, written at once and silently: for imports, sample data and load tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.journal import Draft
from headway.events.vocabulary.customers import CustomerCreated, IdentityAdded
from headway.events.vocabulary.organisations import OrganisationCreated
from headway.people.actions import checks
from headway.people.models import Customer, Identity, Organisation, OrganisationDomain
from headway.people.permissions import require
from headway.people.rules import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrganisation:
    """An organisation with the domain its people write from, known since `at`."""

    name: str
    domain: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCustomer:
    """A customer with a mail address nobody else has, known since `at`."""

    name: str
    address: str
    at: datetime
    language: str = ""
    organisation_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def write_organisations(
    pasts: Sequence[PastOrganisation], *, actor: Actor, is_sample: bool = False
) -> list[Organisation]:
    """Writes the organisations; same order as given. Raises IntegrityError when a domain is taken."""
    require(actor, Permission.CUSTOMERS)
    made = Organisation.objects.bulk_create(
        Organisation(name=checks.name(past.name, 200), facts=checks.custom_facts(past.facts), is_sample=is_sample)
        for past in pasts
    )
    OrganisationDomain.objects.bulk_create(
        OrganisationDomain(organisation=row, domain=checks.domain(past.domain))
        for row, past in zip(made, pasts, strict=True)
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
    made = Customer.objects.bulk_create(
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
    identities = Identity.objects.bulk_create(
        Identity(customer=row, kind=Identity.Kinds.EMAIL, value=checks.identity("email", past.address))
        for row, past in zip(made, pasts, strict=True)
    )
    drafts = [
        Draft(event=event, actor=actor, at=past.at)
        for row, identity, past in zip(made, identities, pasts, strict=True)
        for event in (
            CustomerCreated(subject_id=row.pk, channel=channel),
            IdentityAdded(subject_id=row.pk, identity_id=identity.pk, identity_kind="email"),
        )
    ]
    journal.record_many(drafts, silent=True)
    return made
