"""The customer beside a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.people.models import Customer
from headway.tickets.queries.recipients import Known

ICONS = {"email": "mail", "phone": "phone", "external": "key"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A way to reach or recognise the customer. `trouble`: mail to it fails."""

    icon: str
    value: str
    trouble: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Who the customer is, on one small card."""

    id: int
    name: str
    organisation: str
    identities: list[Identity]
    facts: list[tuple[str, str]]
    addresses: list[str]
    organisation_id: int | None = None


def card(customer: Customer, people: Sequence[Known]) -> Card:
    """The customer's card. `people`: how whoever takes part is reached and recognised."""
    identities = [
        Identity(ICONS.get(each.kind, "key"), each.value, bool(each.trouble))
        for each in people
        if each.customer_id == customer.pk
    ]
    organisation = customer.organisation
    facts = {**(organisation.facts if organisation else {}), **customer.facts}
    name = customer.name or (identities[0].value if identities else "?")
    return Card(
        customer.pk,
        name,
        organisation.name if organisation else "",
        identities,
        [(key.replace("_", " ").capitalize(), str(value)) for key, value in facts.items()][:8],
        [each.value for each in identities if each.icon == "mail"],
        organisation.pk if organisation else None,
    )
