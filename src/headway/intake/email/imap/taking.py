"""What a folder has that we lack is fetched, stored durably, and only then counted as taken."""

import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import claiming, receiving
from headway.intake.email.imap import folders
from headway.intake.email.imap.failures import Failure
from headway.intake.email.imap.folders import Memory
from headway.intake.email.imap.session import TROUBLE, Session, cut
from headway.intake.models import Mailbox

MOST_BYTES: Final = 100 * 1024 * 1024  # of one mail; a larger one is put aside with its header
BATCH_BYTES: Final = 4 * 1024 * 1024
BATCH_MAILS: Final = 50
# One turn of a mailbox; then the others have theirs.
TURN_BYTES: Final = 32 * 1024 * 1024
TURN_MAILS: Final = 200
TURN_SECONDS: Final = 10.0
# A mail that the server does not hand out so often, over so many seconds, is put aside with its header.
MOST_STRIKES: Final = 3
STRIKE_SECONDS: Final = 600.0

_one_big: Final = threading.Lock()  # mails beyond a batch come one at a time in the whole process: memory


@dataclass(frozen=True, slots=True)
class Taken:
    """One turn: how many mails were new to us, how many more can be fetched at once, when the latest reached the
    server."""

    fresh: int = 0
    left: int = 0
    latest: datetime | None = None

    @property
    def lag(self) -> int:
        """Seconds between the server's own date of the latest mail and now."""
        return max(0, int((now() - self.latest).total_seconds())) if self.latest else 0


def take(mailbox: Mailbox, session: Session, memory: Memory, going: Callable[[], bool] = lambda: True) -> Taken:
    """One turn, given up between two batches when `going` says no. Raises one of session.TROUBLE, or Failure.

    Whatever it raises and whenever the process dies: what was stored becomes no second message, what was not stored is
    fetched again.
    """
    if memory.validity != session.validity:
        folders.recall(mailbox, session, memory)
    lacking = folders.lacking(session, memory)
    if lacking:
        # another fetcher may have been here
        folders.recall(mailbox, session, memory)
        lacking = [number for number in lacking if number not in memory.known]
    for number in set(memory.strikes).difference(lacking):
        del memory.strikes[number]
    if not lacking:
        folders.tidy(mailbox, session, memory)
        return Taken()
    turn = _Turn(mailbox, session, memory)
    for numbers, size in _batches(session, memory, lacking):
        if not going() or turn.over():
            break
        turn.batch(numbers, size)
    waiting = sum(1 for number in lacking if number not in memory.known and number not in memory.strikes)
    return Taken(turn.fresh, waiting, turn.latest)


class _Turn:
    """The batches of one turn."""

    def __init__(self, mailbox: Mailbox, session: Session, memory: Memory) -> None:
        self._mailbox = mailbox
        self._session = session
        self._memory = memory
        self._ends = time.monotonic() + TURN_SECONDS
        self._mails = 0
        self._bytes = 0
        self.fresh = 0
        self.latest: datetime | None = None

    def over(self) -> bool:
        return self._mails >= TURN_MAILS or self._bytes >= TURN_BYTES or time.monotonic() > self._ends

    def batch(self, numbers: dict[int, datetime | None], size: int) -> None:
        """Fetches some mails of `size` bytes in all and stores them."""
        self._mails += len(numbers)
        self._bytes += size
        worn = [number for number in numbers if self._worn(number)]
        if worn:
            self._give_up(worn[0])
        elif size > MOST_BYTES:
            self._put_aside(next(iter(numbers)), _("The mail is larger than %(most)d MB.") % {"most": MOST_BYTES >> 20})
        elif size > BATCH_BYTES:
            # while another mailbox fetches a big one, this one waits for the next turn
            if _one_big.acquire(blocking=False):
                try:
                    self._fetch(list(numbers), size)
                finally:
                    _one_big.release()
        else:
            self._fetch(list(numbers), size)
        arrived = [at for number, at in numbers.items() if at is not None and number in self._memory.known]
        self.latest = max([*arrived, *([self.latest] if self.latest else [])], default=None)

    def _fetch(self, numbers: list[int], size: int) -> None:
        try:
            raws = self._session.mails(numbers, size)
        except TROUBLE as error:
            # any one of them may be the cause: from now on each comes alone, and last
            self._strike(numbers)
            if cut(error):
                raise
            return
        if raws:
            self._keep([self._arrival(number, raw) for number, raw in raws.items()])
            folders.note(self._mailbox, self._session, self._memory, raws)
        self._strike([number for number in numbers if number not in raws])

    def _keep(self, arrivals: list[Arrival]) -> list[int]:
        try:
            fresh = receiving.keep(arrivals)
        except OSError as error:
            raise Failure(
                "storage",
                _("Mails cannot be stored here (%(why)s). None is lost: they wait at the server.") % {"why": error},
            ) from error
        self.fresh += len(fresh)
        return fresh

    def _strike(self, numbers: Collection[int]) -> None:
        at = time.monotonic()
        for number in numbers:
            count, since = self._memory.strikes.get(number, (0, at))
            self._memory.strikes[number] = (count + 1, since)

    def _worn(self, number: int) -> bool:
        count, since = self._memory.strikes.get(number, (0, 0.0))
        return count >= MOST_STRIKES and time.monotonic() - since >= STRIKE_SECONDS

    def _give_up(self, number: int) -> None:
        self._strike([number])
        if number in self._session.search(f"UID {number}"):
            self._put_aside(number, _("The mail server does not hand this mail out."))
        else:
            folders.note(self._mailbox, self._session, self._memory, [number])

    def _put_aside(self, number: int, why: str) -> None:
        """Quarantines what can be had of a mail: nobody is to miss it without knowing."""
        header = b""
        # a header that breaks the connection again and again is not asked for any more
        if self._memory.strikes.get(number, (0, 0.0))[0] <= 2 * MOST_STRIKES:
            try:
                header = self._session.header(number)
            except TROUBLE as error:
                if cut(error):
                    self._strike([number])
                    raise
        sentence = _("%(why)s Only its header is here; the mail itself is still in %(folder)s, number %(number)d.") % {
            "why": why,
            "folder": self._mailbox.imap_folder,
            "number": number,
        }
        # in one transaction: nobody must process a mail that is a header only
        with transaction.atomic():
            for raw_id in self._keep([self._arrival(number, header)]):
                claiming.quarantine(raw_id, sentence)
        folders.note(self._mailbox, self._session, self._memory, [number])

    def _arrival(self, number: int, raw: bytes) -> Arrival:
        box = self._mailbox
        place = (box.imap_host, str(box.imap_port), box.user, box.imap_folder, str(self._session.validity), str(number))
        return Arrival(f"mailbox:{box.pk}", "\x1f".join(place), raw, {"to": [box.address.address]})


def _batches(session: Session, memory: Memory, lacking: list[int]) -> Iterator[tuple[dict[int, datetime | None], int]]:
    """Batches bounded by bytes: numbers with their day of arrival, and their size. Those that made trouble come last,
    each alone."""
    easy = [number for number in lacking if number not in memory.strikes][:TURN_MAILS]
    hard = [number for number in lacking if number in memory.strikes][:BATCH_MAILS]
    facts = _facts(session, easy)
    batch: dict[int, datetime | None] = {}
    held = 0
    for number in easy:
        size, at = facts.get(number, (BATCH_BYTES, None))
        if batch and (held + size > BATCH_BYTES or len(batch) >= BATCH_MAILS):
            yield batch, held
            batch, held = {}, 0
        batch[number] = at
        held += size
    if batch:
        yield batch, held
    for number in hard:
        size, at = _facts(session, [number]).get(number, (BATCH_BYTES, None))
        yield {number: at}, size


def _facts(session: Session, numbers: list[int]) -> dict[int, tuple[int, datetime | None]]:
    try:
        return session.facts(numbers) if numbers else {}
    except TROUBLE as error:
        if cut(error):
            raise
        return {}
