"""A customer's record is emptied for good. The row stays, nameless, so that nothing points nowhere."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F

from headway.events import erasure, journal
from headway.events.actor import Actor
from headway.events.vocabulary.customers import CustomerErased
from headway.foundation.clock import now
from headway.people.models import Customer, Identity, Organisation
from headway.people.permissions import require
from headway.people.rules import Permission


@transaction.atomic
def forget(customer_ids: Sequence[int], *, clean: Callable[[str], str], actor: Actor, reason: str) -> None:
    """Empties these records of one customer: name, details, every identity, their journal. `clean` takes them out of
    what was noted about their organisations."""
    require(actor, Permission.PRIVACY)
    rows = Customer.objects.select_for_update().filter(pk__in=list(customer_ids)).order_by("pk")
    organisations = {row.organisation_id for row in rows if row.organisation_id}
    Identity.objects.filter(customer_id__in=list(customer_ids)).delete()
    Customer.objects.filter(pk__in=list(customer_ids)).update(
        name="", language="", timezone="", facts={}, organisation=None, erased_at=now(), version=F("version") + 1
    )
    for organisation in Organisation.objects.filter(pk__in=organisations):
        organisation.notes = clean(organisation.notes)
        organisation.save(update_fields=["notes"])
    erasure.erase_subjects("customer", customer_ids, actor=actor, reason=reason)
    for customer_id in customer_ids:
        journal.record(CustomerErased(subject_id=customer_id), actor=actor)
