"""Records that may be one person."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from headway.people.models import Customer, Identity
from headway.people.queries.customers import listed
from headway.people.rules import duplicates
from headway.people.rules.domains import FREE_MAIL
from headway.people.rules.duplicates import Reason

# of a name that very many have, only the latest are compared
_MOST = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be the same person, and why."""

    customer: Customer
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records with the same name at the same company's domain, the older first."""

    first: Customer
    second: Customer


# Names at a company's domain that stand more than once. One pass over customers and addresses.
_TWICE = """
SELECT (array_agg(DISTINCT customer.id ORDER BY customer.id))[1:2]
FROM people_customer customer JOIN people_identity identity ON identity.customer_id = customer.id
WHERE identity.kind = 'email' AND customer.merged_into_id IS NULL AND customer.erased_at IS NULL
  AND customer.name <> '' AND split_part(identity.value, '@', -1) <> ALL(%s)
GROUP BY lower(customer.name), split_part(identity.value, '@', -1)
HAVING count(DISTINCT customer.id) > 1
ORDER BY max(customer.id) DESC LIMIT %s
"""


def suggestions(customer: Customer, limit: int = 5) -> list[Suggestion]:
    """Records that may be the same person as this one, the likeliest first. Four queries.

    The customer comes with identities loaded.
    """
    known = list(customer.identities.all())
    addresses = [each.value for each in known if each.kind == Identity.Kinds.EMAIL]
    facts = duplicates.recognised_by(customer.facts)
    alike = Q(value__in=facts)
    for address in addresses:
        local, _at, host = duplicates.plain(address).rpartition("@")
        alike |= Q(kind="email", value=f"{local}@{host}")
        alike |= Q(kind="email", value__startswith=f"{local}+", value__endswith=f"@{host}")
    ids = set(Identity.objects.filter(alike).values_list("customer_id", flat=True)[:_MOST]) if known or facts else set()
    if customer.name.strip():
        # an index answers each of the two by itself, not both at once
        ids |= set(
            Customer.objects.filter(name__iexact=customer.name).order_by("-pk").values_list("pk", flat=True)[:_MOST]
        )
    found = listed().filter(pk__in=ids - {customer.pk}).order_by("-pk")
    own = (customer.name, customer.organisation_id, addresses)
    suggested = []
    for other in found:
        values = {each.value for each in other.identities.all()}
        theirs = [each.value for each in other.identities.all() if each.kind == Identity.Kinds.EMAIL]
        by_fact = bool(values & set(facts))
        why = duplicates.reason(own, (other.name, other.organisation_id, theirs), known=by_fact)
        if why:
            suggested.append(Suggestion(other, why))
    return sorted(suggested, key=lambda each: duplicates.RANK.index(each.reason))[:limit]


def pairs(limit: int = 50) -> list[Pair]:
    """Pairs with the same name at the same company's domain, the latest known first. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, [sorted(FREE_MAIL), limit])
        twice = [tuple(row[0]) for row in cursor.fetchall()]
    rows = {row.pk: row for row in listed().filter(pk__in={pk for both in twice for pk in both})}
    return [Pair(rows[one], rows[other]) for one, other in dict.fromkeys(twice) if one in rows and other in rows]
