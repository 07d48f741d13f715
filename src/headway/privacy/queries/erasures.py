"""Who a customer is to their erasure, what it would take, and how far one has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.intake.models import RawMail
from headway.people.models import Customer, Identity
from headway.people.queries import customers
from headway.privacy.models import Erasure, Hold
from headway.privacy.queries import holds
from headway.tickets.models import Draft, Message, MessageFile, Note, Ticket


@dataclass(frozen=True, slots=True)
class Subject:
    """The person in every form they are known by: ids of their records, names, and what recognises them."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """Addresses, numbers, ids of other systems."""
        return self.addresses + self.others


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure would take: tickets that go whole, tickets of others that stay without the customer, what was
    said and filed on the former, and what a hold keeps."""

    whole: int
    shared: int
    messages: int
    files: int
    mails: int
    identities: int
    holds: Sequence[Hold]
    held: int


def subject(customer: Customer) -> Subject:
    """The customer with the records that were merged into theirs. Three queries and one a merge."""
    ids = customers.family(customer)
    names = Customer.objects.filter(pk__in=ids).exclude(name="").order_by("pk").values_list("name", flat=True)
    known = list(Identity.objects.filter(customer_id__in=ids).order_by("pk").values_list("kind", "value"))
    # an id of another system is known by its own half too
    own = [value for kind, value in known if kind == "external"]
    numbers = [value for kind, value in known if kind == "phone"]
    addresses = tuple(value for kind, value in known if kind == "email")
    return Subject(tuple(ids), tuple(names), addresses, tuple(numbers + own))


def confirmation(customer: Customer) -> str:
    """What has to be typed: the customer's name, else their first address, else their number."""
    if customer.name.strip():
        return " ".join(customer.name.split())
    first = customer.identities.order_by("kind", "pk").values_list("value", flat=True).first()
    return first or f"#{customer.pk}"


def involved(person: Subject) -> list[int]:
    """Every ticket that has to do with the person: theirs, those they wrote on, and those that name them anywhere.

    Reads everything that was ever said, so it is asked once an erasure.
    """
    ids = list(person.ids)
    found = set(Ticket.objects.filter(customer_id__in=ids).values_list("pk", flat=True))
    found |= set(Message.objects.filter(customer_id__in=ids).values_list("ticket_id", flat=True))
    named, noted, titled, drafted = Q(), Q(), Q(), Q()
    for address in person.addresses:
        named |= Q(text__icontains=address) | Q(quoted__icontains=address) | Q(html__icontains=address)
        named |= Q(copied__contains=[address])
    for word in (*person.addresses, *(name for name in person.names if " " in name)):
        named |= Q(text__icontains=word) | Q(quoted__icontains=word)
        noted |= Q(text__icontains=word)
        titled |= Q(subject__icontains=word) | Q(snippet__icontains=word) | Q(fields__icontains=word)
        drafted |= Q(text__icontains=word) | Q(copied__icontains=word)
    if named:
        found |= set(Message.objects.filter(named).values_list("ticket_id", flat=True))
    if noted:
        found |= set(Note.objects.filter(noted).values_list("ticket_id", flat=True))
        found |= set(Ticket.objects.filter(titled).values_list("pk", flat=True))
        found |= set(Draft.objects.filter(drafted).values_list("ticket_id", flat=True))
    return sorted(found)


def left(person: Subject, mark: str) -> list[int]:
    """Tickets that are still theirs, and those with words of theirs that no mark stands for yet. Two queries."""
    ids = list(person.ids)
    found = set(Ticket.objects.filter(customer_id__in=ids).values_list("pk", flat=True))
    words = Message.objects.filter(customer_id__in=ids).exclude(text=mark)
    return sorted(found | set(words.values_list("ticket_id", flat=True)))


def alone(tickets: Collection[int], person: Subject) -> list[int]:
    """Those of the tickets that are the person's alone: theirs, and no other customer wrote there. Two queries."""
    ids = list(person.ids)
    theirs = set(Ticket.objects.filter(pk__in=list(tickets), customer_id__in=ids).values_list("pk", flat=True))
    others = Message.objects.filter(ticket_id__in=theirs, customer__isnull=False).exclude(customer_id__in=ids)
    return sorted(theirs - set(others.values_list("ticket_id", flat=True)))


def preview(customer: Customer) -> Preview:
    """What an erasure of the customer would take, counted now; nothing changes."""
    person = subject(customer)
    tickets = involved(person)
    kept = holds.held_tickets(tickets)
    whole = [pk for pk in alone(tickets, person) if pk not in kept]
    return Preview(
        whole=len(whole),
        shared=len(set(tickets) - kept - set(whole)),
        messages=Message.objects.filter(ticket_id__in=whole).count(),
        files=MessageFile.objects.filter(message__ticket_id__in=whole).count(),
        mails=RawMail.objects.filter(message__ticket_id__in=whole).count(),
        identities=len(person.known),
        holds=holds.of_customer(person.ids),
        held=len(kept),
    )


def erasure_by_id(erasure_id: int) -> Erasure:
    """One erasure. Raises NotFound."""
    found = Erasure.objects.select_related("customer", "asked_by").filter(pk=erasure_id).first()
    if found is None:
        raise NotFound(_("There is no such erasure."))
    return found


def latest(limit: int = 100) -> Sequence[Erasure]:
    """Erasures, the latest first. One query."""
    return list(Erasure.objects.select_related("asked_by").order_by("-pk")[:limit])


def of_customer(customer: Customer) -> Erasure | None:
    """The customer's latest erasure. One query."""
    return Erasure.objects.filter(customer=customer).order_by("-pk").first()


def released() -> Sequence[Erasure]:
    """Erasures that waited for a hold, where none of the tickets that are left is held any more."""
    waiting = Erasure.objects.select_related("customer").filter(state=Erasure.States.HELD)
    return [row for row in waiting if not holds.held_tickets(involved(subject(row.customer)))]
