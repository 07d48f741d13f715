"""Those we serve: becoming known, changing, and two records of one person becoming one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.customers import CustomerChanged
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.people.actions import checks, identities
from headway.people.models import Customer, Identity, Organisation
from headway.people.permissions import require
from headway.people.queries import organisations
from headway.people.rules import Permission
from headway.people.rules.identities import host_of


class Details(TypedDict, total=False):
    """What may be changed about a customer. What is left out stays as it is."""

    name: str
    organisation: Organisation | None
    language: str
    timezone: str
    facts: Mapping[str, Any]


@transaction.atomic
def create(
    *,
    actor: Actor,
    known_by: Sequence[tuple[str, str]] = (),
    channel: str = "",
    at: datetime | None = None,
    silent: bool = False,
    is_sample: bool = False,
    **details: Unpack[Details],
) -> Customer:
    """A new customer with identities (kind, value). Raises Conflict when another customer has one of them.

    Without a given organisation, the domain of the first address decides.
    """
    require(actor, Permission.CUSTOMERS)
    customer = Customer(created_at=at or now(), is_sample=is_sample)
    _set(customer, details)
    if "organisation" not in details:
        customer.organisation_id = _by_domain(known_by)
    customer.save(force_insert=True)
    added = []
    for kind, value in known_by:
        identity_id = identities.attach(customer, kind, value, verified=False, at=at)
        if identity_id is not None:
            added.append((identity_id, kind))
    identities.record_created(customer, added, actor=actor, channel=channel, at=at, silent=silent)
    return customer


@transaction.atomic
def edit(
    customer: Customer,
    *,
    actor: Actor,
    expected: int | None = None,
    silent: bool = False,
    **details: Unpack[Details],
) -> Customer:
    """Changes details. `expected` is the version the actor saw; raises Conflict when it has changed since."""
    require(actor, Permission.CUSTOMERS)
    row = locked(customer)
    if expected is not None and row.version != expected:
        raise Conflict(
            _("This customer has changed since you opened it. Look at what is new, then try again."),
            version=row.version,
        )
    changed = _set(row, details)
    if changed:
        row.version += 1
        row.save()
        journal.record(CustomerChanged(subject_id=row.pk, fields=changed), actor=actor, silent=silent)
    return row


def locked(customer: Customer) -> Customer:
    """The customer's row, locked. Raises NotFound, and Conflict when it lives on in another."""
    row = Customer.objects.select_for_update().filter(pk=customer.pk).first()
    if row is None:
        raise NotFound(_("This customer does not exist any more."))
    if row.merged_into_id is not None:
        raise Conflict(_("This customer was merged into another."), into=row.merged_into_id)
    return row


def _set(customer: Customer, details: Details) -> tuple[str, ...]:
    """Puts the details on the row; returns the names of those that are new."""
    wanted: dict[str, Any] = {}
    if "name" in details:
        wanted["name"] = checks.name(details["name"], 200, required=False)
    if "organisation" in details:
        organisation = details["organisation"]
        wanted["organisation_id"] = organisation.pk if organisation else None
    if "language" in details:
        # any language a person may speak, not only those of our screens
        wanted["language"] = checks.name(details["language"], 10, field="language", required=False)
    if "timezone" in details:
        wanted["timezone"] = checks.timezone(details["timezone"])
    if "facts" in details:
        wanted["facts"] = checks.custom_facts(details["facts"])
    changed = sorted(name for name, value in wanted.items() if getattr(customer, name) != value)
    for name in changed:
        setattr(customer, name, wanted[name])
    return tuple(name.removesuffix("_id") for name in changed)


def _by_domain(known_by: Sequence[tuple[str, str]]) -> int | None:
    for kind, value in known_by:
        if kind == Identity.Kinds.EMAIL:
            return organisations.id_of_domain(host_of(checks.identity(kind, value)))
    return None
