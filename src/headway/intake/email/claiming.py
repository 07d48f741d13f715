"""Which mails are processed next, and what happens to those that cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog
from django.db import connection, transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mail import MailQuarantined
from headway.foundation.clock import now
from headway.intake.models import RawMail

log = structlog.get_logger("headway.intake")

# A claim this old belongs to a process that died.
_STALE: Final = timedelta(minutes=10)
# A mail that was begun so often without a verdict is processed alone, and in the end put aside.
ALONE_AFTER: Final = 2
_MOST_ATTEMPTS: Final = 6
_MOST_DEATHS: Final = 2
_MOST_FAILURES: Final = 3

# Chosen once and for all: within the UPDATE's own condition the planner may choose again for each row, and what is
# locked by then is skipped, so that more are claimed than were asked for.
_CLAIM: Final = """
WITH next AS MATERIALIZED (
    SELECT id FROM intake_rawmail
    WHERE state = 'stored' AND (claimed_at IS NULL OR claimed_at < %(stale)s)
      AND {whose} AND attempts {tries} %(alone)s
    ORDER BY {order} LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE intake_rawmail mail SET attempts = attempts + 1, claimed_at = %(at)s
FROM next WHERE mail.id = next.id
RETURNING mail.id, sha256, size, attempts, deaths, dated
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this process has begun; the attempt is committed."""

    id: int
    sha256: str
    size: int
    attempts: int
    deaths: int


def claim(limit: int, *, run: int | None = None) -> list[Claimed]:
    """The next mails in order of arrival, or those of an import in order of their dates.

    Those that failed before come one at a time, after the others.
    """
    for tries, most in (("<", limit), (">=", 1)):
        found = _claim(most, tries=tries, run=run)
        if found:
            return found
    return []


def portions(claimed: Sequence[Claimed], most_bytes: int) -> Iterator[list[Claimed]]:
    """The mails in the same order, in portions whose bytes may be held at once; a larger one is by itself."""
    portion: list[Claimed] = []
    size = 0
    for one in claimed:
        if portion and size + one.size > most_bytes:
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += one.size
    if portion:
        yield portion


def failed(mail: Claimed, error: str) -> None:
    """The mail could not be placed: it is tried again, and put aside when that does not help."""
    if mail.attempts >= _MOST_FAILURES:
        quarantine(mail.id, error)
    else:
        RawMail.objects.filter(pk=mail.id, state="stored").update(claimed_at=None, error=error[:500])


def died(mail: Claimed, how: str) -> bool:
    """Notes that the mail killed its parsing process; True when it was put aside for it."""
    deaths = mail.deaths + 1
    if deaths >= _MOST_DEATHS:
        quarantine(mail.id, how, deaths=deaths)
        return True
    RawMail.objects.filter(pk=mail.id).update(deaths=deaths, claimed_at=None, error=how[:500])
    return False


def worn_out(mail: Claimed) -> bool:
    """Whether the mail was begun too often without a verdict."""
    return mail.attempts > _MOST_ATTEMPTS


@transaction.atomic
def quarantine(raw_id: int, error: str, *, deaths: int | None = None) -> None:
    """Puts a mail aside with its bytes and the reason, for an administrator."""
    changes: dict[str, Any] = {"state": "quarantined", "error": error[:500], "processed_at": now()}
    if deaths is not None:
        changes["deaths"] = deaths
    if RawMail.objects.filter(pk=raw_id, state="stored").update(**changes):
        journal.record(MailQuarantined(subject_id=raw_id), actor=Actor.system())
        log.warning("mail quarantined", raw_id=raw_id)


def _claim(limit: int, *, tries: str, run: int | None) -> list[Claimed]:
    at = now()
    statement = _CLAIM.format(
        whose="run IS NULL" if run is None else "run = %(run)s",
        tries=tries,
        order="id" if run is None else "dated NULLS LAST, id",
    )
    values: dict[str, Any] = {"at": at, "stale": at - _STALE, "alone": ALONE_AFTER, "limit": limit, "run": run}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    rows.sort(key=lambda row: row[0] if run is None else (row[5] is None, row[5], row[0]))
    return [Claimed(row[0], row[1], row[2], row[3], row[4]) for row in rows]
