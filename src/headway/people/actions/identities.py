"""How customers are recognised and reached."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.customers import (
    CustomerCreated,
    IdentityAdded,
    IdentityMarked,
    IdentityRemoved,
    IdentityVerified,
)
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.people.actions import checks
from headway.people.models import Customer, Identity
from headway.people.permissions import require
from headway.people.queries import organisations
from headway.people.rules import Permission, identities

# Of two who add the same identity at once, one waits for the other here and then finds it taken.
_INSERT = """
INSERT INTO people_identity (customer_id, kind, value, verified_at, trouble) VALUES (%s, %s, %s, %s, '')
ON CONFLICT (kind, value) DO NOTHING RETURNING id
"""


@transaction.atomic
def find_or_create(
    kind: str,
    value: str,
    *,
    actor: Actor,
    name: str = "",
    language: str = "",
    channel: str = "",
    verified: bool = False,
    at: datetime | None = None,
    silent: bool = False,
    is_sample: bool = False,
) -> tuple[Customer, bool]:
    """The customer with this identity, and whether they were made just now. Two callers at once get the same one.

    A new customer of an organisation's domain joins it. `name` fills an empty name, it replaces none. `at` and
    `silent` are for imported history. Raises Invalid for a value that is no identity of this kind.
    """
    require(actor, Permission.CUSTOMERS)
    known_value = checks.identity(kind, value)
    found = _holder(kind, known_value)
    if found is not None:
        return found, False
    customer = Customer(
        name=checks.name(name[:200], 200, required=False),
        language=language,
        created_at=at or now(),
        is_sample=is_sample,
    )
    if kind == Identity.Kinds.EMAIL:
        customer.organisation_id = organisations.id_of_domain(identities.host_of(known_value))
    customer.save(force_insert=True)
    identity_id = _insert(customer, kind, known_value, (at or now()) if verified else None)
    if identity_id is None:
        customer.delete()
        taken = _holder(kind, known_value)
        assert taken is not None
        return taken, False
    record_created(customer, [(identity_id, kind)], actor=actor, channel=channel, at=at, silent=silent)
    return customer, True


@transaction.atomic
def add(
    customer: Customer,
    kind: str,
    value: str,
    *,
    actor: Actor,
    verified: bool = False,
    at: datetime | None = None,
    silent: bool = False,
) -> Identity:
    """Gives the customer one more identity. Raises Conflict, with the other's id, when another customer has it."""
    require(actor, Permission.CUSTOMERS)
    identity_id = attach(customer, kind, value, verified=verified, at=at)
    if identity_id is None:
        return Identity.objects.get(kind=kind, value=checks.identity(kind, value))
    event = IdentityAdded(subject_id=customer.pk, identity_id=identity_id, identity_kind=kind)
    journal.record(event, actor=actor, at=at, silent=silent)
    return Identity.objects.get(pk=identity_id)


@transaction.atomic
def verify(identity: Identity, *, actor: Actor, at: datetime | None = None) -> Identity:
    """Notes that the identity was shown to be the customer's own."""
    require(actor, Permission.CUSTOMERS)
    if Identity.objects.filter(pk=identity.pk, verified_at__isnull=True).update(verified_at=at or now()):
        journal.record(IdentityVerified(subject_id=identity.customer_id, identity_id=identity.pk), actor=actor, at=at)
    identity.refresh_from_db()
    return identity


@transaction.atomic
def mark(kind: str, value: str, trouble: str, *, actor: Actor, at: datetime | None = None) -> Identity | None:
    """Notes that an identity cannot be reached, by a word such as bounced; an empty one: it can again.

    None when it is nobody's, or was marked so already.
    """
    require(actor, Permission.CUSTOMERS)
    identity = Identity.objects.select_for_update().filter(kind=kind, value=checks.identity(kind, value)).first()
    if identity is None or identity.trouble == trouble:
        return None
    identity.trouble = trouble
    identity.save(update_fields=["trouble"])
    event = IdentityMarked(subject_id=identity.customer_id, identity_id=identity.pk, trouble=trouble)
    journal.record(event, actor=actor, at=at)
    return identity


@transaction.atomic
def remove(identity: Identity, *, actor: Actor) -> None:
    """Takes an identity away: its next message makes a new customer. Raises NotFound when it is gone already."""
    require(actor, Permission.CUSTOMERS)
    gone, _rows = Identity.objects.filter(pk=identity.pk).delete()
    if not gone:
        raise NotFound(_("This identity was removed already."))
    event = IdentityRemoved(
        subject_id=identity.customer_id, identity_id=identity.pk, identity_kind=Identity.Kinds(identity.kind).value
    )
    journal.record(event, actor=actor)


def attach(customer: Customer, kind: str, value: str, *, verified: bool, at: datetime | None) -> int | None:
    """Inserts an identity, without a journal entry: its id, or None when this customer had it already."""
    known_value = checks.identity(kind, value)
    identity_id = _insert(customer, kind, known_value, (at or now()) if verified else None)
    if identity_id is None:
        holder = _holder(kind, known_value)
        if holder is not None and holder.pk != customer.pk:
            raise Conflict(
                _("Another customer has this already: %(name)s. Merge the two if they are one person.")
                % {"name": holder.name or known_value},
                field="value",
                customer=holder.pk,
            )
    return identity_id


def record_created(
    customer: Customer,
    added: list[tuple[int, str]],
    *,
    actor: Actor,
    channel: str,
    at: datetime | None,
    silent: bool,
) -> None:
    """Journals a new customer with the identities (id, kind) they came with, in one round trip."""
    events = [
        CustomerCreated(subject_id=customer.pk, channel=channel),
        *(IdentityAdded(subject_id=customer.pk, identity_id=pk, identity_kind=kind) for pk, kind in added),
    ]
    journal.record_many([journal.Draft(event=event, actor=actor, at=at) for event in events], silent=silent)


def _holder(kind: str, value: str) -> Customer | None:
    return Customer.objects.filter(identities__kind=kind, identities__value=value).first()


def _insert(customer: Customer, kind: str, value: str, verified_at: datetime | None) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [customer.pk, str(kind), value, verified_at])
        row = cursor.fetchone()
    return int(row[0]) if row else None
