"""Old mail brought in: silently, with its original times, each mail once however often it is brought."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from headway.intake.channel import Arrival
from headway.intake.email import archives, claiming, processing, wording
from headway.intake.email.archives import Found
from headway.intake.email.children import Pool
from headway.intake.email.erasing import keyed
from headway.intake.email.history import write_down
from headway.intake.email.receiving import keep
from headway.intake.email.settling import Read
from headway.intake.models import RawMail
from headway.tickets.actions import Attachment

SOURCE: Final = "import"
BATCH: Final = 200
_NAMED: Final = 20
_BATCH_BYTES: Final = 32 * 1024 * 1024
Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Counts:
    """What an import did. read = messages + duplicates + quarantined. `number` is what its raw mails carry as `run`.

    `aside` are those of the duplicates that lie in quarantine since an earlier run, by the ids of their raw mails.
    """

    number: int = 0
    read: int = 0
    messages: int = 0
    tickets: int = 0
    joined: int = 0
    duplicates: int = 0
    quarantined: int = 0
    aside: list[int] = field(default_factory=list)
    unreadable: list[dict[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)  # where the first of what is no mail lies, when only looked at

    def add(self, messages: int, tickets: int) -> None:
        """Counts a batch that was written."""
        self.messages += messages
        self.tickets += tickets
        self.joined += messages - tickets

    def as_json(self) -> dict[str, object]:
        """The counts by name."""
        return {
            "read": self.read,
            "messages": self.messages,
            "tickets": self.tickets,
            "joined": self.joined,
            "duplicates": self.duplicates,
            "quarantined": self.quarantined,
            "quarantined_before": len(self.aside),
            "unreadable": self.unreadable,
        }


def run(paths: Sequence[Path], *, progress: Progress, close_after: timedelta | None = None) -> Counts:
    """Brings in every mail under the paths. Interrupted at any point, it goes on when it is run again."""
    number = secrets.randbits(62)
    counts = Counts(number)
    take(archives.read(list(paths)), number, counts, progress)
    with Pool() as pool:
        settle(number, pool, counts, progress, close_after=close_after)
    finished = RawMail.objects.filter(run=number)
    counts.quarantined += finished.filter(state=RawMail.States.QUARANTINED).count()
    counts.duplicates += finished.filter(state=RawMail.States.DUPLICATE).count()
    return counts


def look(paths: Sequence[Path], *, progress: Progress) -> Counts:
    """What `run` would find, without keeping anything: mails, those known, and what is no mail."""
    counts = Counts()
    for batch in _batches(archives.read(list(paths))):
        counts.unreadable += [{"path": one.name, "reason": one.unreadable} for one in batch if one.unreadable]
        mails = {hashlib.sha256(one.raw).hexdigest(): one for one in batch if not one.unreadable}
        known = _known(mails)
        counts.read += sum(1 for one in batch if not one.unreadable)
        counts.duplicates += len(known)
        strange = [
            one.name for digest, one in mails.items() if digest not in known and not archives.looks_like_mail(one.raw)
        ]
        counts.quarantined += len(strange)
        counts.strange += strange[: _NAMED - len(counts.strange)]
        progress("read", counts.read)
    return counts


def take(found: Iterable[Found], number: int, counts: Counts, progress: Progress) -> None:
    """Stores everything, in batches that wait for the disk once. What is no mail is kept too, and put aside."""
    for batch in _batches(found):
        named: dict[str, Found] = {}
        for one in batch:
            if one.unreadable:
                counts.unreadable.append({"path": one.name, "reason": one.unreadable})
                continue
            counts.read += 1
            digest = hashlib.sha256(one.raw).hexdigest()
            if digest in named:
                counts.duplicates += 1
            named.setdefault(digest, one)
        known = _known(named)
        pending = [digest for digest, one in known.items() if one.state == RawMail.States.STORED and one.run != number]
        # what an earlier run stored and did not finish is this run's now
        RawMail.objects.filter(sha256__in=pending, state=RawMail.States.STORED).update(run=number, claimed_at=None)
        counts.duplicates += len(known) - len(pending)
        counts.aside += [
            one.pk for one in known.values() if one.state == RawMail.States.QUARANTINED and one.run != number
        ]
        fresh = [(digest, one) for digest, one in named.items() if digest not in known]
        keep(
            [Arrival(SOURCE, digest, one.raw) for digest, one in fresh],
            run=number,
            dated=[archives.dated(one.raw) for _, one in fresh],
        )
        waiting = (*pending, *(digest for digest, _one in fresh))
        others = [digest for digest in waiting if not archives.looks_like_mail(named[digest].raw)]
        for row in RawMail.objects.filter(run=number, sha256__in=others):
            claiming.quarantine(row.pk, "This is no mail: it does not begin with headers.")
        progress("read", counts.read)


def _known(digests: Iterable[str]) -> dict[str, RawMail]:
    """Of those that are here, or were and are erased: what is kept of them."""
    names = {name: digest for digest in digests for name in (digest, keyed(digest))}
    rows = RawMail.objects.filter(sha256__in=list(names)).only("sha256", "state", "run")
    # of the same that came in two ways, one that could be read counts
    return {names[row.sha256]: row for row in sorted(rows, key=lambda row: row.state != RawMail.States.QUARANTINED)}


def settle(
    number: int, pool: Pool, counts: Counts, progress: Progress, *, close_after: timedelta | None = None
) -> None:
    """Processes everything this run stored, in the order of its dates."""
    while claimed := claiming.claim(BATCH, run=number):
        for portion in claiming.portions(claimed, _BATCH_BYTES):
            _write_down(processing.read(portion, pool), counts, close_after)
        progress("messages", counts.messages)


def _write_down(read: Sequence[Read], counts: Counts, close_after: timedelta | None) -> None:
    if not read:
        return
    attached = wording.store(read)
    try:
        counts.add(*write_down(read, attached, close_after=close_after))
    except Exception as error:  # noqa: BLE001 - one bad mail of a batch: each is tried alone
        _one_by_one(read, attached, counts, error, close_after)


def _one_by_one(
    part: Sequence[Read],
    attached: Sequence[Sequence[Attachment]],
    counts: Counts,
    error: Exception,
    close_after: timedelta | None,
) -> None:
    if len(part) == 1:
        claiming.quarantine(part[0].claimed.id, f"{type(error).__name__}: {error}")
        return
    for one, files in zip(part, attached, strict=True):
        try:
            counts.add(*write_down([one], [files], close_after=close_after))
        except Exception as own_error:  # noqa: BLE001
            _one_by_one([one], [files], counts, own_error, close_after)


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        size += len(one.raw)
        if len(batch) >= BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
