"""Stored mails become messages: claimed, parsed apart, placed; one bad mail never stops the rest."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction

from headway.events.actor import Actor
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.jobs.failures import describe
from headway.intake.email import claiming, keys, lookups, placing, wording
from headway.intake.email.children import Pool
from headway.intake.email.claiming import Claimed
from headway.intake.email.erasing import keyed
from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import Care
from headway.intake.email.senders import Customers, ours
from headway.intake.email.trust import ways
from headway.intake.email.trust.authors import seen_through
from headway.intake.email.trust.rules import Standing, judge
from headway.intake.email.wire import Outcome
from headway.intake.models import RawMail
from headway.tickets.actions import Attachment

log = structlog.get_logger("headway.intake")

BATCH: Final = 50
_IDLE_SECONDS: Final = 60.0
_OLDEST_BYTES: Final = 64 * 1024 * 1024  # of raw mails held at once


@dataclass(frozen=True, slots=True)
class Read:
    """A claimed mail that was parsed, with its bytes."""

    claimed: Claimed
    mail: ParsedMail
    raw: bytes


class Parsers:
    """The processes of this worker that parse; they end when nothing came for a minute."""

    def __init__(self) -> None:
        self._pool: Pool | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def parse(self, raws: Sequence[bytes], care: Care) -> list[Outcome]:
        """The outcome of each mail, in order."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._pool = self._pool or Pool(1)
            try:
                return self._pool.parse(raws, care)
            finally:
                self._timer = threading.Timer(_IDLE_SECONDS, self.close)
                self._timer.daemon = True
                self._timer.start()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None


parsers: Final = Parsers()


def process_waiting(limit: int = BATCH) -> int:
    """Processes the next stored mails; returns how many were begun."""
    claimed = claiming.claim(limit)
    if claimed:
        process(claimed)
    return len(claimed)


def process(claimed: Sequence[Claimed]) -> None:
    """Parses the claimed mails and places each in a transaction of its own."""
    for one in read(claimed, parsers):
        try:
            (attached,) = wording.store([(one.mail, one.raw)])
            _place(one, attached)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this mail, the next one goes on
            log.warning("mail could not be placed", raw_id=one.claimed.id, error=describe(error))
            claiming.failed(one.claimed, f"{type(error).__name__}: {error}")


def read(claimed: Sequence[Claimed], parsers: "Parsers | Pool") -> list[Read]:
    """The parsed ones of these mails. Those that kill a process, fail or are worn out are noted and left out."""
    begun: list[tuple[Claimed, bytes]] = []
    for one in claimed:
        if claiming.worn_out(one):
            claiming.quarantine(one.id, "It was begun again and again without a result.")
            continue
        try:
            begun.append((one, files.read(one.sha256)))
        except FileNotFoundError:
            claiming.quarantine(one.id, "Its bytes are missing from the file store.")
    found: list[Read] = []
    for care in Care:
        these = [(one, raw) for one, raw in begun if (one.deaths > 0) == (care is Care.PLAIN)]
        outcomes = parsers.parse([raw for _, raw in these], care) if these else []
        for (one, raw), outcome in zip(these, outcomes, strict=True):
            if outcome.mail is not None:
                found.append(Read(one, outcome.mail, raw))
            elif outcome.fatal:
                claiming.died(one, outcome.error)
            else:
                claiming.quarantine(one.id, outcome.error)
    order = {one.id: number for number, one in enumerate(claimed)}
    return sorted(found, key=lambda one: order[one.claimed.id])


def happened_at(mail: ParsedMail, *, latest: datetime) -> datetime:
    """When a mail counts as written: never after it came, and not before its newest Received line by more than days."""
    at = mail.date or mail.received_at or latest
    return min(at, latest)


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
    return {"sender": standing.verdict, "sender_because": standing.because, "held": held}


@transaction.atomic
def _place(one: Read, attached: Sequence[Attachment]) -> None:
    lookups.take_turns()
    row = RawMail.objects.select_for_update().get(pk=one.claimed.id)
    if row.state != RawMail.States.STORED:
        return
    row.mail_key = keys.of_mail(one.mail.message_id, one.mail.body_hash)
    row.processed_at = now()
    if RawMail.objects.filter(mail_key__in=[row.mail_key, keyed(row.mail_key)]).exists():
        row.mail_key, row.state = None, RawMail.States.DUPLICATE
        row.save(update_fields=["mail_key", "state", "processed_at"])
        return
    trusting = ways.trusting_of(row, one.mail)
    standing = judge(one.mail, trusting)
    ways.note(trusting, standing)
    mail = seen_through(one.mail, trusting.forwarders)
    (facts,) = lookups.facts_of([mail], trusted=False)
    placed = placing.place(
        mail,
        attached,
        placing.Circumstances(
            facts=replace(facts, verified=standing.counts),
            awaiting=lookups.awaited([mail]).get(mail.message_id, []),
            own=ours(),
            customers=Customers([mail], actor=Actor.system(), silent=False),
            at=row.stored_at,
            standing=standing,
        ),
    )
    row.state, row.message, row.error = RawMail.States.DONE, placed.message, ""
    row.findings = findings(mail, placed.because) | sender_findings(standing, held=placed.held)
    row.save(update_fields=["state", "message", "mail_key", "processed_at", "findings", "error"])
