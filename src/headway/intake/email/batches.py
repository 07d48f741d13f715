"""Parsed mails placed one after another in one transaction: looked up together, and kept in step with each other."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.email import answering, lookups, placing, recording, settling, threading
from headway.intake.email.mail import ParsedMail
from headway.intake.email.placing import Circumstances, Placed
from headway.intake.email.senders import Customers, ours
from headway.intake.email.settling import Read
from headway.intake.email.threading import Facts
from headway.intake.email.trust import ways
from headway.intake.email.trust.authors import seen_through
from headway.intake.email.trust.rules import Standing, Trusting, judge
from headway.intake.models import RawMail
from headway.intake.spam.judging import Judge
from headway.tickets.actions import Attachment
from headway.tickets.models import SideMessage


@transaction.atomic
def place_all(read: Sequence[Read], attached: Sequence[Sequence[Attachment]]) -> set[int]:
    """Writes the mails as messages, in order; what came before is marked. All or none: raises what one of them did.

    Returns the tickets they are on.
    """
    lookups.take_turns()
    rows = settling.locked(read)
    kept = settling.first_copies(read, rows)
    batch = Batch([(rows[read[number].claimed.id], read[number].mail) for number in kept])
    for place, number in enumerate(kept):
        found = batch.circumstances(place)
        placed = placing.place(batch.mails[place], attached[number], found)
        batch.remember(place, placed)
        row = rows[read[number].claimed.id]
        row.state = RawMail.States.DONE
        if isinstance(placed.message, SideMessage):
            row.side_id = placed.message.pk
        else:
            row.message_id = placed.message.pk
        mail = batch.mails[place]
        row.findings = findings(mail, placed.because) | sender_findings(found.standing, held=placed.held)
        row.findings |= answering.findings(mail, found.own, stored_at=row.stored_at) | placed.judged.noted
    batch.write()
    settling.save(rows.values(), now())
    return batch.tickets


class Batch:
    """What is known about mails that are placed together.

    It is looked up once for all. A mail that has to do with one placed before it is looked up again when its turn
    comes.
    """

    def __init__(self, arrived: Sequence[tuple[RawMail, ParsedMail]]) -> None:
        self._rows = [row for row, _mail in arrived]
        self._trusted: dict[object, Trusting] = {}
        judged = [self._judged(row, mail) for row, mail in arrived]
        self.mails = [mail for mail, _standing in judged]
        self._standings = [standing for _mail, standing in judged]
        self._own = ours()
        self._customers = Customers(self.mails, actor=Actor.system(), silent=False)
        self._facts = lookups.facts_of(self.mails, trusted=False)
        self._judge = Judge(mail.author.email for mail in self.mails if mail.author)
        self._expect()
        self._awaiting = lookups.awaited(self.mails)
        self._known = dict(self._facts[0].places) if self._facts else {}
        self._unwritten: list[tuple[ParsedMail, int]] = []
        # of the mails that were placed: the ids they are answered by, those they answer, and their tickets
        self._ids: set[str] = set()
        self._answered: set[str] = set()
        self.tickets: set[int] = set()
        self._placed: set[int] = set()

    def circumstances(self, place: int) -> Circumstances:
        """What was looked up for one mail, as it is now."""
        mail, facts = self.mails[place], self._facts[place]
        awaiting = self._awaiting.get(mail.message_id, [])
        if self._concerns(mail, facts, awaiting):
            self.write()
            (facts,) = lookups.facts_of([mail], trusted=False)
            awaiting = lookups.awaited([mail]).get(mail.message_id, [])
            self._known.update(facts.places)
        standing = self._standings[place]
        return Circumstances(
            facts=replace(facts, verified=standing.counts),
            awaiting=awaiting,
            own=self._own,
            customers=self._customers,
            judge=self._judge,
            at=self._rows[place].stored_at,
            standing=standing,
        )

    def remember(self, place: int, placed: Placed) -> None:
        """Notes where a mail went, for those behind it."""
        mail = self.mails[place]
        self.tickets.add(placed.message.ticket_id)
        self.tickets.update(placed.merged)
        self._placed.update(placed.places, placed.merged)
        if placed.because == "report":
            return
        self._ids.update(recording.ids_of(mail))
        self._answered.update(threading.candidates(mail))
        if isinstance(placed.message, SideMessage):
            recording.remember_beside(mail, placed.message.pk)
        else:
            self._unwritten.append((mail, placed.message.pk))

    def write(self) -> None:
        """Writes down the ids of the mails placed so far, and how often sender rules decided."""
        self._judge.write(now())
        if self._unwritten:
            recording.remember(self._unwritten, self._known)
            recording.forget_awaited([mail for mail, _message in self._unwritten])
            self._unwritten = []

    def _judged(self, row: RawMail, mail: ParsedMail) -> tuple[ParsedMail, Standing]:
        key = ways.key_of(row, mail)
        if key not in self._trusted:
            self._trusted[key] = ways.trusting_of(row, mail)
        trusting = self._trusted[key]
        standing = judge(mail, trusting)
        if ways.note(trusting, standing):
            self._trusted.clear()  # what is normal there has changed
        return seen_through(mail, trusting.forwarders), standing

    def _expect(self) -> None:
        """Makes the customers that are new all at once, where there are several."""
        writers = [
            (mail.author, row.stored_at)
            for mail, row, standing, facts in zip(self.mails, self._rows, self._standings, self._facts, strict=True)
            if placing.names_customer(mail, standing, self._own) and not _beside(mail, facts)
        ]
        if len(writers) > 1:
            self._customers.expect(writers)

    def _concerns(self, mail: ParsedMail, facts: Facts, awaiting: Sequence[tuple[int, int]]) -> bool:
        """Whether what was placed before may change what is known about this mail."""
        if not self._placed:
            return False
        answered = threading.candidates(mail)
        if not self._ids.isdisjoint(answered) or not self._answered.isdisjoint(recording.ids_of(mail)):
            return True
        named = {facts.places[one].ticket_id for one in answered if one in facts.places}
        named |= {ticket_id for ticket_id, _message in awaiting}
        named |= {facts.token.ticket_id} if facts.token else set()
        named |= {facts.subject_ticket} if facts.subject_ticket is not None else set()
        named |= {facts.survivors[one] for one in named if one in facts.survivors}
        return not self._placed.isdisjoint(named)


def _beside(mail: ParsedMail, facts: Facts) -> bool:
    """Whether a mail belongs to a side conversation, whose people are no customers."""
    return (threading.decide(mail, facts).ticket_id or 0) < 0


def findings(mail: ParsedMail, because: str) -> dict[str, object]:
    """The path of a mail, as it is kept beside it. No words of the mail itself."""
    found: dict[str, object] = {"because": because}
    if mail.defects:
        found["defects"] = list(mail.defects)[:20]
    if mail.degraded:
        found["left_out"] = list(mail.degraded)
    return found


def sender_findings(standing: Standing, *, held: bool) -> dict[str, object]:
    """What was found out about the sender, for the path: the verdict, what said so, and what followed."""
    found: dict[str, object] = {"sender": standing.verdict, "sender_because": standing.because, "held": held}
    return found | {"sender_by": standing.by} if standing.by else found
