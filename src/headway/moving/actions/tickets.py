"""Tickets with their past, in batches; what is known and unchanged costs a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec
from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError
from headway.intake.email.children import Pool
from headway.moving.actions.book import Book
from headway.moving.actions.definitions import UNNAMED, Values
from headway.moving.lying import Files
from headway.moving.models import Figure
from headway.moving.queries.standing import REMOVED, must_stay, said_already
from headway.moving.records import Comment, Matter, Measured, Team, Trouble
from headway.moving.sources.port import Progress
from headway.moving.staging import Staging
from headway.moving.telling import Told, World, past_of
from headway.moving.words import worded
from headway.people.models import Customer
from headway.tickets.actions.bringing import Elsewhere, bring, bring_again
from headway.tickets.actions.history import Past
from headway.tickets.models import Status

BATCH = 200
_SYSTEM = Actor.system()


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    told: Told
    digest: str
    past: Past


def bring_tickets(staging: Staging, book: Book, lying: Files, progress: Progress) -> None:
    """Every ticket of the staging. Killed at any point, it goes on when it is run again."""
    work = _Work(staging, book, lying)
    keys, done = iter(staging.tickets()), 0
    with Pool() as pool:
        while batch := list(islice(keys, BATCH)):
            work.take(batch, pool)
            done += len(batch)
            progress("tickets", done)
            book.save()


class _Work:
    def __init__(self, staging: Staging, book: Book, lying: Files) -> None:
        self.staging, self.book, self.lying = staging, book, lying
        self.values = Values(staging, book)
        self.world = World(
            system=book.run.system,
            customers=book.ids("customer"),
            agents=book.ids("agent"),
            organisations=book.ids("organisation"),
            teams=_teams(staging, book),
            brands=book.ids("brand"),
            statuses=dict(Status.objects.filter(is_default=True).values_list("category", "pk")),
            types=book.ids("type"),
            belongs={},
        )

    def take(self, keys: Sequence[str], pool: Pool) -> None:
        """One batch: which are new, which changed, and their words; then written."""
        wanted: list[tuple[Told, str]] = []
        for key in keys:
            comments = self.staging.comments(key)
            matter = self.staging.one(Matter, key)
            for comment in comments:
                self.book.count(kind_of(comment), "source")
            if matter is None:
                self._homeless(comments)
                continue
            self.book.count("ticket", "source")
            digest = self.staging.digest(key, self._lying(comments))
            if self.book.digest("ticket", key) == digest:
                self._count("same", comments)
            else:
                wanted.append((self._told(matter, comments), digest))
        wanted = self._allowed(wanted)
        if not wanted:
            return
        said = [comment for told, _digest in wanted for comment in told.comments]
        words = worded(said, pool, self.lying)
        self._belong([told.matter for told, _digest in wanted])
        self._write([_Wanted(told, digest, past_of(told, words, self.world)) for told, digest in wanted])

    def _lying(self, comments: Sequence[Comment]) -> Sequence[str]:
        """The files that are here now: one that was out of reach before comes after."""
        return [file.key or file.name for one in comments for file in one.files if self.lying.find(file)]

    def _told(self, matter: Matter, comments: Sequence[Comment]) -> Told:
        if not matter.kind and matter.fields:
            matter = msgspec.structs.replace(matter, kind=UNNAMED)
        steps, figure = self.staging.steps(matter.key), self.staging.one(Measured, matter.key)
        return Told(matter, comments, steps, figure, self.values.of(matter.key, matter.fields))

    def _allowed(self, wanted: Sequence[tuple[Told, str]]) -> list[tuple[Told, str]]:
        """Without those that must stay as they are here."""
        known = self.book.ids("ticket")
        here = [known[told.matter.key] for told, _digest in wanted if told.matter.key in known]
        kept = must_stay(self.book.run.system, here) if here else {}
        allowed = []
        for told, digest in wanted:
            reason = kept.get(known.get(told.matter.key, 0))
            if reason is None:
                allowed.append((told, digest))
            else:
                self._lose(told, reason)
        return allowed

    def _belong(self, matters: Sequence[Matter]) -> None:
        customers = {found for matter in matters if (found := self.world.customers.get(matter.customer))}
        self.world.belongs.clear()
        self.world.belongs.update(Customer.objects.filter(pk__in=customers).values_list("pk", "organisation_id"))

    def _write(self, wanted: Sequence[_Wanted]) -> None:
        new = [one for one in wanted if one.told.matter.key not in self.book.ids("ticket")]
        try:
            with transaction.atomic():
                changed = self._save(wanted, new)
        except Exception as error:  # noqa: BLE001 - one bad ticket of a batch: each is tried alone
            self.book.forget("ticket", [one.told.matter.key for one in new])
            if len(wanted) > 1:
                for one in wanted:
                    self._write([one])
                return
            plain = (
                error.message if isinstance(error, HeadwayError) else f"could not be written: {type(error).__name__}"
            )
            self._lose(wanted[0].told, plain)
            return
        for one in wanted:
            key = one.told.matter.key
            self._count("new" if one in new else "changed" if key in changed else "same", one.told.comments)
            if one.told.matter.customer and one.told.matter.customer not in self.world.customers:
                reason = "its customer is not in the export; the ticket is here without one"
                self.book.report(Trouble(kind="ticket", key=key, reason=reason, lost=False))

    def _save(self, wanted: Sequence[_Wanted], new: Sequence[_Wanted]) -> set[str]:
        """Writes the new tickets at once and the known one by one; the keys of those on which anything changed."""
        system, known = self.book.run.system, self.book.ids("ticket")
        numbers = bring(
            [(one.past, Elsewhere(system=system, number=one.told.matter.key, url=one.told.matter.url)) for one in new],
            actor=_SYSTEM,
        )
        made = {one.told.matter.key: number for one, number in zip(new, numbers, strict=True)}
        changed = {
            one.told.matter.key
            for one in wanted
            if one.told.matter.key not in made and bring_again(known[one.told.matter.key], one.past, actor=_SYSTEM)
        }
        ids = {**known, **made}
        self.book.keep("ticket", [(one.told.matter.key, ids[one.told.matter.key], one.digest) for one in wanted])
        figures = [one.told.figure for one in wanted if one.told.figure]
        Figure.objects.bulk_create(
            [
                Figure(
                    system=system, key=one.key, reply_ms=one.reply_ms, resolve_ms=one.resolve_ms, reopens=one.reopens
                )
                for one in figures
            ],
            update_conflicts=True,
            unique_fields=["system", "key"],
            update_fields=["reply_ms", "resolve_ms", "reopens"],
        )
        return changed

    def _count(self, what: str, comments: Sequence[Comment]) -> None:
        self.book.count("ticket", what)
        for comment in comments:
            # of a ticket that changed most was there before; which, the end of the run counts
            self.book.count(kind_of(comment), "new" if what == "changed" else what)

    def _lose(self, told: Told, reason: str) -> None:
        """Reports a ticket that is not taken, and what of it is not here already."""
        here = said_already(self.book.run.system, [one.key for one in told.comments])
        there = told.matter.key in self.book.ids("ticket") and reason != REMOVED
        if there:
            self.book.count("ticket", "same")
        for comment in told.comments:
            if comment.key in here:
                self.book.count(kind_of(comment), "same")
        self.book.report(
            Trouble(kind="ticket", key=told.matter.key, reason=reason, lost=not there),
            *(
                Trouble(kind=kind_of(one), key=one.key, reason=f"of its ticket: {reason}"[:200])
                for one in told.comments
                if one.key not in here
            ),
        )

    def _homeless(self, comments: Sequence[Comment]) -> None:
        known = said_already(self.book.run.system, [one.key for one in comments])
        for comment in comments:
            if comment.key in known:
                self.book.count(kind_of(comment), "same")
            else:
                reason = "its ticket is not in the export"
                self.book.report(Trouble(kind=kind_of(comment), key=comment.key, reason=reason))


def _teams(staging: Staging, book: Book) -> dict[str, int]:
    """By their keys, and by names where a source's steps name them so."""
    known = book.ids("team")
    named = {f"named {team.name}": known[team.key] for team in staging.all(Team) if team.key in known}
    return {**named, **known}


def kind_of(comment: Comment) -> str:
    """What a comment is counted as."""
    return "message" if comment.public else "note"
