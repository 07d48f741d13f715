"""What belongs together there: brands, members of teams, organisations of customers, tickets of one matter."""

from collections import defaultdict
from itertools import islice

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError
from headway.moving.actions.book import Book
from headway.moving.records import Bond, Member, Trouble
from headway.moving.records import Brand as Named
from headway.moving.staging import Staging
from headway.people.actions import brands, teams
from headway.people.models import Agent, Brand, Team
from headway.tickets.actions.bringing import Linked, bring_links

_BATCH = 1000
_SYSTEM = Actor.system()


def bring_brands(staging: Staging, book: Book) -> None:
    """Brands by their names; where there is one only, it is the default one here."""
    named = list(staging.all(Named))
    known = {brand.name.casefold(): brand.pk for brand in Brand.objects.filter(archived_at__isnull=True)}
    only = Brand.objects.filter(is_default=True).values_list("pk", flat=True).first() if len(named) == 1 else None
    for one in named:
        book.count("brand", "source")
        if one.key in book.ids("brand"):
            book.count("brand", "same")
            continue
        name = " ".join(one.name.split())[:80]
        try:
            with transaction.atomic():
                found = only or known.get(name.casefold()) or brands.create(name=name, actor=_SYSTEM).pk
                book.keep("brand", [(one.key, found, "")])
        except HeadwayError as error:
            book.report(Trouble(kind="brand", key=one.key, reason=error.message))
            continue
        known[name.casefold()] = found
        book.count("brand", "new")


def bring_members(staging: Staging, book: Book) -> None:
    """Those who work here join the teams they are in there, each once: whoever is taken out here stays out."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for one in staging.all(Member):
        team, agent = book.ids("team").get(one.team), book.ids("agent").get(one.person)
        if team and agent and one.key not in book.ids("member"):
            found[team][one.key] = agent
    rows = Team.objects.in_bulk(found)
    for number, joining in found.items():
        here = Agent.objects.filter(pk__in=joining.values(), archived_at__isnull=True)
        if number not in rows or rows[number].archived_at is not None:
            continue
        with transaction.atomic():
            present = Agent.objects.filter(teams=rows[number], archived_at__isnull=True)
            teams.set_members(rows[number], {one.pk: one for one in (*present, *here)}.values(), actor=_SYSTEM)
            working = {agent.pk for agent in here}
            book.keep("member", [(key, agent, "") for key, agent in joining.items() if agent in working])


def bring_bonds(staging: Staging, book: Book) -> None:
    """How tickets stand to each other, where both are here."""
    bonds, tickets = iter(staging.all(Bond)), book.ids("ticket")
    while batch := list(islice(bonds, _BATCH)):
        book.count("link", "source", len(batch))
        new = [one for one in batch if one.key not in book.ids("link")]
        book.count("link", "same", len(batch) - len(new))
        whole = [one for one in new if one.ticket in tickets and one.other in tickets and one.ticket != one.other]
        lost = [one for one in new if one not in whole]
        with transaction.atomic():
            pairs = [
                Linked(tickets[one.ticket], tickets[one.other], one.kind, one.at, f"{book.run.system}:l{one.key}"[:200])
                for one in whole
            ]
            bring_links(pairs, actor=_SYSTEM)
            book.keep("link", [(one.key, tickets[one.ticket], "") for one in whole])
        book.count("link", "new", len(whole))
        book.report(*(Trouble(kind="link", key=one.key, reason="one of its tickets is not here") for one in lost))
