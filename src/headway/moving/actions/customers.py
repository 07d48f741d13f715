"""Customers and their organisations, those known here already by their addresses and domains."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction

from headway.events.actor import Actor
from headway.moving.actions.book import Book
from headway.moving.records import Member, Person, Trouble
from headway.moving.records import Organisation as Company
from headway.moving.sources.port import Progress
from headway.moving.staging import Staging
from headway.people.actions.history import PastCustomer, PastOrganisation, write_customers, write_organisations
from headway.people.models import Identity, Organisation, OrganisationDomain
from headway.people.rules import identities
from headway.people.rules.domains import is_free_mail

_BATCH = 500
_SYSTEM = Actor.system()


def bring_organisations(staging: Staging, book: Book) -> None:
    """Organisations: one here with a domain of theirs or their name is the same."""
    companies = iter(staging.all(Company))
    while batch := list(islice(companies, _BATCH)):
        book.count("organisation", "source", len(batch))
        new = [one for one in batch if one.key not in book.ids("organisation")]
        book.count("organisation", "same", len(batch) - len(new))
        with transaction.atomic():
            _organisations(new, book)


def _organisations(new: Sequence[Company], book: Book) -> None:
    wanted = {one.key: [known for text in one.domains if (known := identities.domain(text))] for one in new}
    every = [domain for domains in wanted.values() for domain in domains]
    taken = dict(OrganisationDomain.objects.filter(domain__in=every).values_list("domain", "organisation_id"))
    names = dict(Organisation.objects.filter(name__in=[one.name for one in new]).values_list("name", "pk"))
    fresh: list[tuple[Company, PastOrganisation]] = []
    for one in new:
        there = next((taken[domain] for domain in wanted[one.key] if domain in taken), names.get(one.name))
        if there:
            book.keep("organisation", [(one.key, there, "")])
            continue
        own = [
            domain for domain in wanted[one.key] if not is_free_mail(domain) and domain not in taken and "." in domain
        ]
        taken |= dict.fromkeys(own, 0)
        name = " ".join(one.name.split())[:200] or one.key
        past = PastOrganisation(name=name, at=one.at, domains=own, facts=one.facts, notes=one.notes)
        fresh.append((one, past))
    made = write_organisations([past for _one, past in fresh], actor=_SYSTEM)
    book.keep("organisation", [(one.key, row.pk, "") for (one, _past), row in zip(fresh, made, strict=True)])
    book.count("organisation", "new", len(new))


def bring_customers(staging: Staging, book: Book, progress: Progress) -> None:
    """Everybody who is no agent, and agents a ticket belongs to. One here with an address of theirs is the same."""
    done, people, belonging = 0, _customers(staging), _belonging(staging, book)
    while batch := list(islice(people, _BATCH)):
        new = [person for person in batch if person.key not in book.ids("customer")]
        book.count("customer", "source", len(batch))
        book.count("customer", "same", len(batch) - len(new))
        with transaction.atomic():
            _write(new, book, belonging)
        done += len(batch)
        progress("customers", done)
        book.save()


def _belonging(staging: Staging, book: Book) -> dict[str, int]:
    """Organisations of customers by memberships, the first of each."""
    found: dict[str, int] = {}
    for one in staging.all(Member):
        organisation = book.ids("organisation").get(one.organisation)
        if organisation:
            found.setdefault(one.person, organisation)
    return found


def _customers(staging: Staging) -> Iterator[Person]:
    asking = staging.customers()
    return (person for person in staging.all(Person) if not person.agent or person.key in asking)


def _write(new: Sequence[Person], book: Book, belonging: Mapping[str, int]) -> None:
    ways = {person.key: _ways(person, book.run.system) for person in new}
    every = {way for found in ways.values() for way in found}
    rows = Identity.objects.filter(value__in=[value for _kind, value in every]).values_list("kind", "value", "customer")
    taken: dict[tuple[str, str], int] = {
        (kind, value): customer for kind, value, customer in rows if (kind, value) in every
    }
    fresh: list[tuple[Person, PastCustomer]] = []
    later: list[tuple[Person, tuple[str, str]]] = []  # the same address twice in one batch
    for person in new:
        mails = [way for way in ways[person.key] if way[0] in ("email", "external")]
        known = next((way for way in mails if way in taken), None)
        if known is not None:
            later.append((person, known))
            continue
        own = [way for way in ways[person.key] if way not in taken]
        taken |= dict.fromkeys(own, 0)
        address = next((value for kind, value in own if kind == "email"), "")
        if person.address and not address:
            reason = "the address cannot be used; the customer is here without it"
            book.report(Trouble(kind="customer", key=person.key, reason=reason, lost=False))
        past = PastCustomer(
            name=" ".join(person.name.replace("\x00", "").split())[:200],
            address=address,
            others=[way for way in own if way != ("email", address)],
            at=person.at,
            language=person.language[:10],
            organisation_id=book.ids("organisation").get(person.organisation) or belonging.get(person.key),
            facts=person.facts,
        )
        fresh.append((person, past))
    made = write_customers([past for _person, past in fresh], actor=_SYSTEM, channel="import")
    for (person, _past), row in zip(fresh, made, strict=True):
        taken |= dict.fromkeys((way for way in ways[person.key] if taken.get(way) == 0), row.pk)
    book.keep("customer", [(person.key, row.pk, "") for (person, _past), row in zip(fresh, made, strict=True)])
    book.keep("customer", [(person.key, taken[way], "") for person, way in later])
    book.count("customer", "new", len(new))


def _ways(person: Person, system: str) -> list[tuple[str, str]]:
    given = [("email", person.address), *person.others, ("external", f"{system}:{person.key}")]
    found = [(kind, known) for kind, text in given if text and (known := identities.comparable(kind, text))]
    return list(dict.fromkeys(found))
