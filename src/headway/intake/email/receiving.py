"""The one door for mails: bytes on stable storage, then a row, and only then may the sender be told that we have it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from headway.foundation import files
from headway.foundation.clock import now
from headway.intake.channel import Arrival
from headway.intake.email import keys
from headway.intake.email.parse.charsets import storable
from headway.intake.models import RawMail

_INSERT = """
INSERT INTO intake_rawmail (source, delivery_key, sha256, size, state, attempts, deaths, error, stored_at, run, dated,
                            envelope, findings)
VALUES {rows} ON CONFLICT (delivery_key) DO NOTHING RETURNING id
"""
_ROW = "(%s, %s, %s, %s, 'stored', 0, 0, '', %s, %s, %s, %s::jsonb, '{{}}')"


def keep(arrivals: Sequence[Arrival], *, run: int | None = None, dated: Sequence[datetime | None] = ()) -> list[int]:
    """Stores the mails durably; returns the ids of those not seen under their delivery key before.

    When it returns the source may acknowledge. Processing is asked for in the same transaction; the mails of an import
    (`run`, with their dates) are history, which the import processes itself.
    """
    if not arrivals:
        return []
    blobs = files.put_many([arrival.raw for arrival in arrivals])
    at = now()
    values: list[Any] = []
    for number, (arrival, blob) in enumerate(zip(arrivals, blobs, strict=True)):
        key = keys.of_delivery(arrival.source, arrival.key)
        when = dated[number] if dated else None
        values += [arrival.source, key, blob.sha256, blob.size, at, run, when, _json(arrival.envelope)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_INSERT.format(rows=", ".join([_ROW.format()] * len(arrivals))), values)
        fresh = [int(row[0]) for row in cursor.fetchall()]
        if fresh and run is None:
            from headway.intake.tasks import process  # the job's module reads this one

            process.defer(lock="intake.process")
    return fresh


def seen(hashes: Sequence[str]) -> set[str]:
    """Which of these contents (SHA-256) came before and were kept."""
    return set(RawMail.objects.filter(sha256__in=list(hashes)).values_list("sha256", flat=True))


def _json(value: dict[str, object]) -> str:
    import json

    # a NUL or half a character in an address would have the database refuse the mail
    return json.dumps({name: _storable(given) for name, given in value.items()})


def _storable(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return storable(value) if isinstance(value, str) else value
