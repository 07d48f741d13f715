"""Many customers become known at once: where one at a time would cost more than all the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.customers import CustomerCreated, IdentityAdded
from headway.people.actions import checks
from headway.people.models import Customer, Identity, OrganisationDomain
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.domains import is_free_mail
from headway.people.rules.identities import comparable, host_of

_INSERT = """
INSERT INTO people_identity (customer_id, kind, value, verified_at, trouble)
SELECT unnest(%s::bigint[]), 'email', unnest(%s::text[]), NULL, ''
ON CONFLICT (kind, value) DO NOTHING RETURNING id, customer_id, value
"""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with a mail address (in comparable form) and perhaps a name, seen first at some time."""

    address: str
    name: str
    at: datetime


@transaction.atomic
def find_or_create_many(
    newcomers: Sequence[Newcomer], *, actor: Actor, channel: str, silent: bool = True
) -> dict[str, Customer]:
    """The customers with these addresses, by address; those not known yet are made.

    Addresses that cannot be one are left out. Six queries, however many.
    """
    require(actor, Permission.CUSTOMERS)
    wanted = {one.address: one for one in reversed(newcomers) if comparable("email", one.address) == one.address}
    found = _holders(list(wanted))
    missing = [one for address, one in wanted.items() if address not in found]
    if not missing:
        return found
    organisations = _organisations({host_of(one.address) for one in missing})
    made = Customer.objects.bulk_create(
        Customer(
            name=checks.name(one.name[:200], 200, required=False),
            organisation_id=organisations.get(host_of(one.address)),
            created_at=one.at,
        )
        for one in missing
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [[customer.pk for customer in made], [one.address for one in missing]])
        identities = {value: pk for pk, _customer, value in cursor.fetchall()}
    # somebody else was quicker with these
    late = [customer.pk for customer, one in zip(made, missing, strict=True) if one.address not in identities]
    Customer.objects.filter(pk__in=late).delete()
    kept = [(customer, one) for customer, one in zip(made, missing, strict=True) if one.address in identities]
    journal.record_many(
        [
            journal.Draft(event=event, actor=actor, at=one.at)
            for customer, one in kept
            for event in (
                CustomerCreated(subject_id=customer.pk, channel=channel),
                IdentityAdded(subject_id=customer.pk, identity_id=identities[one.address], identity_kind="email"),
            )
        ],
        silent=silent,
    )
    found |= {one.address: customer for customer, one in kept}
    return found | (_holders([one.address for one in missing if one.address not in found]) if late else {})


def _holders(addresses: Sequence[str]) -> dict[str, Customer]:
    rows = Identity.objects.filter(kind=Identity.Kinds.EMAIL, value__in=list(addresses)).select_related("customer")
    return {row.value: row.customer for row in rows}


def _organisations(domains: set[str]) -> dict[str, int]:
    own = [domain for domain in domains if not is_free_mail(domain)]
    return dict(OrganisationDomain.objects.filter(domain__in=own).values_list("domain", "organisation_id"))
