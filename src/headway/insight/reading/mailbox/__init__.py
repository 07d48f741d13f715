"""Mailboxes as exports: .eml files, mbox and Maildir, each thread a ticket.

Mails are parsed by the parser of intake, in its bounded child processes. Who works here is told by the domain to
which most people write for each who reads there; `--map actor:example.com=agent` says otherwise.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from headway.insight.reading.mailbox.threads import Threads, Written
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Event, Excluded, Problem
from headway.insight.reading.staging import Staging
from headway.intake.email import archives
from headway.intake.email.archives import Found
from headway.intake.email.children import Pool
from headway.intake.email.mail import ParsedMail

_BATCH: Final = 200
_COSTLY: Final = 20  # so many rows of a table are read in the time of one mail


class Mailbox:
    """A mail, an mbox, or a folder of them."""

    name = "mail"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """Every folder; and a file that begins as a mail or an mbox does."""
        return path.is_dir() or head.startswith(b"From ") or archives.looks_like_mail(head)

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """What is no mail, and what cannot be parsed, is a problem; a copy counts once."""
        threads, number, copies = Threads(), 0, 0
        with Pool() as pool:
            most = options.sample // _COSTLY or None
            for batch in _batches(islice(archives.read([path]), most)):
                outcomes = pool.parse([one.raw for one in batch])
                for one, outcome in zip(batch, outcomes, strict=True):
                    number += 1
                    reason = outcome.error or ("it is no mail" if outcome.mail is None else _lacking(outcome.mail))
                    if reason or outcome.mail is None:
                        staging.add(Problem(file=path.name, line=number, reason=one.unreadable or reason))
                        continue
                    written = threads.add(_short(path, one), outcome.mail)
                    if written is None:
                        copies += 1
                        continue
                    staging.add(_event(written, outcome.mail))
                progress(path.name, number)
        if copies:
            staging.add(Excluded(file=path.name, reason="copies of a mail", count=copies))
        threads.settle(staging, options)
        return Read(path, self.name, "event", number, sampled=most is not None and number >= most)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(islice(found, _BATCH)):
        yield batch


def _lacking(mail: ParsedMail) -> str:
    if mail.author is None:
        return "the mail names no sender"
    return "" if mail.date or mail.received_at else "the mail has no date"


def _short(path: Path, found: Found) -> str:
    """The mail's place within what was given: what a person finds it by."""
    return found.name.removeprefix(str(path)).lstrip("/#") or path.name


def _event(written: Written, mail: ParsedMail) -> Event:
    return Event(
        ticket=f"{written.mailbox}:{written.node}",
        at_ms=written.at_ms,
        kind="message",
        actor_kind="unknown",
        actor=written.author,
        length=len(mail.text),
        courtesy=int(bool(written.automatic)),
        subject=mail.subject or None,
        text=mail.text or None,
    )
