"""Two records of one customer become one, and can be parted again."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.events.vocabulary.customers import CustomersMerged, CustomersParted
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.models import Customer, Identity
from headway.people.permissions import require
from headway.people.rules import Permission

# What the lasting record takes over when it has nothing itself.
_TAKEN = ("name", "organisation_id", "language", "timezone")


@transaction.atomic
def merge(customer: Customer, into: Customer, *, actor: Actor) -> Customer:
    """Everything that reaches `customer` reaches `into` from now on; what `into` lacked it takes over.

    The journal keeps which identities moved and what was taken. Tickets follow by the event. Returns `into`.
    """
    require(actor, Permission.CUSTOMERS)
    if customer.pk == into.pk:
        raise Invalid(_("These are the same customer."), field="into")
    source, target = _both_locked(customer, into)
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise Conflict(_("One of the two was merged into another customer already. Open them again."))
    moved = tuple(Identity.objects.filter(customer=source).order_by("pk").values_list("pk", flat=True))
    Identity.objects.filter(pk__in=moved).update(customer=target)
    taken = [name for name in _TAKEN if getattr(source, name) and not getattr(target, name)]
    for name in taken:
        setattr(target, name, getattr(source, name))
    new_facts = [name for name in source.facts if name not in target.facts]
    if new_facts:
        target.facts = {**source.facts, **target.facts}
        taken.append("facts")
    source.merged_into = target
    for row in (source, target):
        row.version += 1
        row.save()
    event = CustomersMerged(
        subject_id=source.pk,
        into_id=target.pk,
        identity_ids=moved,
        taken=tuple(name.removesuffix("_id") for name in taken),
    )
    journal.record(event, actor=actor)
    return target


@transaction.atomic
def part(customer: Customer, *, actor: Actor) -> Customer:
    """Takes a merge back: the identities that came from `customer` and still are with the other return to it.

    Details that the other took over stay there too. Tickets follow by the event. Raises Conflict when it is not merged.
    """
    require(actor, Permission.CUSTOMERS)
    other = customer.merged_into
    if other is None:
        raise Conflict(_("This customer is not merged into another."))
    source, target = _both_locked(customer, other)
    entry = (
        Entry.objects.filter(subject_kind="customer", subject_id=source.pk, kind=CustomersMerged.kind)
        .order_by("-id")
        .first()
    )
    if source.merged_into_id != target.pk or entry is None:
        raise Conflict(_("This customer is not merged into another."))
    Identity.objects.filter(pk__in=entry.data["identity_ids"], customer=target).update(customer=source)
    source.merged_into = None
    for row in (source, target):
        row.version += 1
        row.save()
    journal.record(CustomersParted(subject_id=source.pk, from_id=target.pk, merge_id=entry.pk), actor=actor)
    return source


def _both_locked(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    rows = {
        row.pk: row
        for row in Customer.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk").select_for_update(of=("self",))
    }
    if len(rows) < 2:
        raise NotFound(_("One of these customers does not exist any more."))
    return rows[one.pk], rows[other.pk]
