"""What we have of a folder, in the server's numbers, and what the server has beyond that."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.intake.email.imap.failures import Failure
from headway.intake.email.imap.numbers import Numbers
from headway.intake.email.imap.session import Session
from headway.intake.models import Folder, Mailbox

log = structlog.get_logger("headway.intake")

_MOST_RANGES: Final = 200


@dataclass(slots=True)
class Memory:
    """What one fetcher remembers of one mailbox between its turns. All of it may be forgotten."""

    validity: int = 0
    first: int = 1
    known: Numbers = field(default_factory=Numbers)
    # by number: how often the server did not hand a mail out, and since when (monotonic seconds)
    strikes: dict[int, tuple[int, float]] = field(default_factory=dict)


def lacking(session: Session, memory: Memory) -> list[int]:
    """The numbers on the server that we have not taken, ascending: the sets are compared, whatever their order."""
    found = session.search(f"UID {memory.known.question(memory.first)}")
    return sorted({number for number in found if number >= memory.first and number not in memory.known})


def recall(mailbox: Mailbox, session: Session, memory: Memory) -> None:
    """Reads what we have of the folder.

    A new folder, and one that was numbered anew, is looked through once: what arrived before the mailbox was connected
    counts as taken; the rest is fetched, and what we have of it told apart by its content.
    """
    row = Folder.objects.filter(mailbox=mailbox, name=mailbox.imap_folder).first()
    if row is None or row.uid_validity != session.validity:
        row = _begin(mailbox, session)
        memory.strikes.clear()
    memory.validity, memory.first, memory.known = row.uid_validity, row.first_uid, Numbers.parse(row.taken)
    if memory.validity != session.validity:
        raise Failure("answer", _("The folder was numbered anew just now. It is looked at again."))


def note(mailbox: Mailbox, session: Session, memory: Memory, numbers: Iterable[int]) -> None:
    """Counts the numbers as taken. Their mails are on stable storage."""
    taken = Numbers.of(numbers)
    _add(mailbox, session, memory, taken)
    for number in taken:
        memory.strikes.pop(number, None)


def tidy(mailbox: Mailbox, session: Session, memory: Memory) -> None:
    """Closes the gaps of a set of many ranges, when the server has nothing that we lack: numbers are given out
    ascending, so what is not there below others will never be."""
    if len(memory.known.ranges) > _MOST_RANGES:
        _add(mailbox, session, memory, memory.known.gaps())


def _add(mailbox: Mailbox, session: Session, memory: Memory, numbers: Numbers) -> None:
    with transaction.atomic():
        row = _locked(mailbox)
        if row is not None and row.uid_validity == session.validity:
            memory.known = Numbers.parse(row.taken) | numbers
            Folder.objects.filter(pk=row.pk).update(taken=str(memory.known))


def _begin(mailbox: Mailbox, session: Session) -> Folder:
    new = [number for number in session.since(mailbox.connected_at) if number < session.next_uid]
    first = min(new, default=session.next_uid)
    taken = Numbers.span(first, session.next_uid - 1).without(new)
    changes = {"uid_validity": session.validity, "first_uid": first, "taken": str(taken)}
    try:
        with transaction.atomic():
            row = _locked(mailbox)
            if row is None:
                return Folder.objects.create(mailbox=mailbox, name=mailbox.imap_folder, **changes)
            if row.uid_validity != session.validity:
                Folder.objects.filter(pk=row.pk).update(**changes)
                log.info("a folder is numbered anew", mailbox_id=mailbox.pk)
    except IntegrityError:  # another fetcher was first
        pass
    return Folder.objects.get(mailbox=mailbox, name=mailbox.imap_folder)


def _locked(mailbox: Mailbox) -> Folder | None:
    return Folder.objects.select_for_update().filter(mailbox=mailbox, name=mailbox.imap_folder).first()
