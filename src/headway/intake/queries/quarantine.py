"""Mails put aside because they could not be read: which, why, and what became of those that were tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from headway.events.models import Entry
from headway.events.vocabulary.mail import MailRequeued
from headway.foundation import pages
from headway.foundation.pages import Page
from headway.intake.models import RawMail


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A mail that could not be processed: how it came, how large it is in bytes, what was wrong."""

    id: int
    source: str
    size: int
    error: str
    attempts: int
    stored_at: datetime
    dated: datetime | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why mails are in quarantine, and how many for it."""

    error: str
    count: int


@dataclass(frozen=True, slots=True)
class Reread:
    """A mail that was taken out of quarantine, and where it is now."""

    id: int
    source: str
    state: str
    error: str
    at: datetime
    ticket_id: int | None


_ROW = ("id", "source", "size", "error", "attempts", "stored_at", "dated")


def quarantined(*, error: str | None = None, cursor: str | None = None, limit: int = 50) -> Page[Quarantined]:
    """Mails put aside, the newest first; with `error` only those put aside for it. One query."""
    found = RawMail.objects.filter(state=RawMail.States.QUARANTINED)
    if error is not None:
        found = found.filter(error=error)
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        found = found.filter(pk__lt=last)
    rows = [Quarantined(*values) for values in found.order_by("-pk").values_list(*_ROW)[: limit + 1]]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].id) if more else None)


def reasons(limit: int = 20) -> list[Reason]:
    """Why mails are in quarantine, the most frequent first. One query."""
    counted = RawMail.objects.filter(state=RawMail.States.QUARANTINED).values_list("error").annotate(n=Count("pk"))
    return [Reason(error, count) for error, count in counted.order_by("-n", "error")[:limit]]


def quarantine_size(most: int = 1000) -> int:
    """How many mails are in quarantine, counted no further than `most`. One query."""
    return RawMail.objects.filter(state=RawMail.States.QUARANTINED)[:most].count()


def reread(limit: int = 50) -> Sequence[Reread]:
    """The mails that were taken out of quarantine last, the latest first, each once. Two queries."""
    entries = Entry.objects.filter(subject_kind=MailRequeued.subject_kind, kind=MailRequeued.kind).order_by("-id")
    at: dict[int, datetime] = {}
    for raw_id, when in entries.values_list("subject_id", "at")[: limit * 2]:
        at.setdefault(raw_id, when)
    values = ("id", "source", "state", "error", "message__ticket_id")
    rows = {row[0]: row for row in RawMail.objects.filter(pk__in=at).exclude(state="erased").values_list(*values)}
    return [
        Reread(raw_id, source, state, error, when, ticket_id)
        for raw_id, when in list(at.items())[:limit]
        if raw_id in rows
        for _id, source, state, error, ticket_id in [rows[raw_id]]
    ]
