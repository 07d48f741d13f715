"""Stored mails become messages: claimed, parsed apart, placed; one bad mail never stops the rest."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import BinaryIO, Final

import structlog

from headway.foundation import files
from headway.foundation.jobs.failures import describe
from headway.intake.email import batches, claiming, selftest, wording
from headway.intake.email.children import Pool
from headway.intake.email.claiming import Claimed
from headway.intake.email.mail import ParsedMail
from headway.intake.email.parse.whole import Care
from headway.intake.email.settling import Read
from headway.intake.email.wire import Outcome

log = structlog.get_logger("headway.intake")

BATCH: Final = 50
_TOGETHER: Final = 25  # mails placed in one transaction, which must not last
_IDLE_SECONDS: Final = 60.0
_TOGETHER_BYTES: Final = 16 * 1024 * 1024  # of raw mails held at once, or one larger mail
_HELD_BYTES: Final = 1024 * 1024  # a mail up to this size is held until its files are stored, not read again


class Parsers:
    """The processes of this worker that parse; they end when nothing came for a minute."""

    def __init__(self) -> None:
        self._pool: Pool | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def parse(self, raws: Sequence[bytes | BinaryIO], care: Care) -> list[Outcome]:
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
    for _tickets in process(claimed) if claimed else ():
        pass
    return len(claimed)


def process(claimed: Sequence[Claimed]) -> Iterator[set[int]]:
    """Parses the claimed mails and places them, a few in one transaction; where that fails each by itself.

    Yields the tickets of each few.
    """
    for portion in claiming.portions(claimed, _TOGETHER_BYTES):
        yield from _process(portion)


def _process(portion: Sequence[Claimed]) -> Iterator[set[int]]:
    for some in _few(selftest.without_tests(read(portion, parsers))):
        yield _place(some)


def _place(some: Sequence[Read]) -> set[int]:
    try:
        return batches.place_all(some, wording.store(some))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one of them, the others go on
        if len(some) == 1:
            _failed(some[0], error)
            return set()
        return set().union(*(_place([one]) for one in some))


def _few(found: Sequence[Read]) -> list[Sequence[Read]]:
    return [found[start : start + _TOGETHER] for start in range(0, len(found), _TOGETHER)]


def _failed(one: Read, error: Exception) -> None:
    log.warning("mail could not be placed", raw_id=one.claimed.id, error=describe(error))
    claiming.failed(one.claimed, f"{type(error).__name__}: {error}")


def read(claimed: Sequence[Claimed], parsers: "Parsers | Pool") -> list[Read]:
    """The parsed ones of these mails. Those that kill a process, fail or are worn out are noted and left out."""
    found: list[Read] = []
    with ExitStack() as opened:
        begun: list[tuple[Claimed, bytes | BinaryIO]] = []
        for one in claimed:
            if claiming.worn_out(one):
                claiming.quarantine(one.id, "It was begun again and again without a result.")
                continue
            try:
                begun.append((one, _raw(one, opened)))
            except FileNotFoundError:
                claiming.quarantine(one.id, "Its bytes are missing from the file store.")
        for care in Care:
            these = [(one, raw) for one, raw in begun if (one.deaths > 0) == (care is Care.PLAIN)]
            outcomes = parsers.parse([raw for _, raw in these], care) if these else []
            for (one, raw), outcome in zip(these, outcomes, strict=True):
                if outcome.mail is not None:
                    found.append(Read(one, outcome.mail, raw if isinstance(raw, bytes) else None))
                elif outcome.fatal:
                    claiming.died(one, outcome.error)
                else:
                    claiming.quarantine(one.id, outcome.error)
    order = {one.id: number for number, one in enumerate(claimed)}
    return sorted(found, key=lambda one: order[one.claimed.id])


def _raw(one: Claimed, opened: ExitStack) -> bytes | BinaryIO:
    """The stored bytes; of a large mail a stream, which is closed with `opened`. Raises FileNotFoundError."""
    stream = opened.enter_context(files.open_blob(one.sha256))
    if one.size > _HELD_BYTES:
        return stream
    with stream:
        return stream.read()


def happened_at(mail: ParsedMail, *, latest: datetime) -> datetime:
    """When a mail counts as written: never after it came, and not before its newest Received line by more than days."""
    at = mail.date or mail.received_at or latest
    return min(at, latest)
