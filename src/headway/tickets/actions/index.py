"""Keeps the search table in step with messages, notes and subjects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from headway.foundation.clock import now
from headway.foundation.rows import fetch_sql
from headway.foundation.statements import Part, write
from headway.tickets.models import Message, Note, Ticket
from headway.tickets.rules.searching import INDEXED_CHARACTERS, STEMMERS, file_words, pairs


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be found: kind `m` message, `n` note, `s` the subject of a ticket that has no message."""

    kind: str
    source_id: int
    ticket_id: int
    at: datetime
    language: str
    subject: str
    body: str
    files: Sequence[str] = ()


_ROW = "(%s, %s, %s, %s, headway_words(%s, %s::regconfig, %s))"
_NAMES = ("at", "kind", "source_id", "ticket_id", "body", "stemmer", "pairs")
_FEW = 5
_MONTH = "SELECT headway_search_month(%s)"
_INSERT = "INSERT INTO tickets_searchentry (at, kind, source_id, ticket_id, vector) VALUES {rows}"
# Of many texts the rows travel as one JSON text: a fraction of the work that a parameter for each value costs.
_INSERT_MANY = """
INSERT INTO tickets_searchentry (at, kind, source_id, ticket_id, vector)
SELECT at, kind, source_id, ticket_id, headway_words(body, stemmer::regconfig, pairs)
FROM jsonb_to_recordset(%s::jsonb) AS (
    at timestamptz, kind text, source_id bigint, ticket_id bigint, body text, stemmer text, pairs text[]
)
"""


def add(texts: Sequence[Text]) -> None:
    """Makes the texts findable, of which nothing is found yet."""
    if texts:
        write([entries(texts)])


def entries(texts: Sequence[Text]) -> Part:
    """What `add` writes, for who writes more in the same statement."""
    limit = now()
    # a mail from the future is found under today: its month's table does not exist yet
    rows = [_row(text, min(text.at, limit)) for text in texts]
    for at in {(at.year, at.month): at for at, *_rest in rows}.values():
        _have_month(at)
    if len(rows) > _FEW:
        told = [dict(zip(_NAMES, row, strict=True)) for row in rows]
        return Part(_INSERT_MANY, [msgspec.json.encode(told).decode()])
    return Part(_INSERT.format(rows=", ".join([_ROW] * len(rows))), [value for row in rows for value in row])


def _row(text: Text, at: datetime) -> tuple[Any, ...]:
    body = "\n".join((text.subject, *map(file_words, text.files), text.body))[:INDEXED_CHARACTERS]
    return at, text.kind, text.source_id, text.ticket_id, body, STEMMERS.get(text.language), pairs(body)


# Months whose tables are there for good, by database: asked for once a process, and remembered when that is committed.
_months: set[tuple[str, int, int]] = set()


def _have_month(at: datetime) -> None:
    month = (str(connection.settings_dict["NAME"]), at.year, at.month)
    if month not in _months:
        fetch_sql(_MONTH, [at])
        transaction.on_commit(lambda: _months.add(month))


def of_message(ticket: Ticket, message: Message, files: Sequence[str] = ()) -> Text:
    """A message as it is found, with the names of its files; the subject is found with every message of its ticket."""
    return Text("m", message.pk, ticket.pk, message.at, message.language, ticket.subject, message.text, files)


def of_note(ticket: Ticket, note: Note, files: Sequence[str] = ()) -> Text:
    """A note as it is found, with the names of its files."""
    return Text("n", note.pk, ticket.pk, note.at, ticket.language, ticket.subject, note.text, files)


def again(ticket: Ticket) -> None:
    """Writes a ticket's entries anew: after its subject changed, or after a merge or split."""
    forget([ticket.pk])
    said = ticket.messages.filter(withdrawn_at__isnull=True).prefetch_related("files")
    texts = [of_message(ticket, message, _names(message)) for message in said]
    texts += [of_note(ticket, note, _names(note)) for note in ticket.notes.prefetch_related("files")]
    add(texts or [Text("s", ticket.pk, ticket.pk, ticket.created_at, ticket.language, ticket.subject, "")])


def _names(said: Message | Note) -> list[str]:
    return [file.name for file in said.files.all()]


def forget_message(message: Message) -> None:
    """Removes what is found of one message."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM tickets_searchentry WHERE ticket_id = %s AND kind = 'm' AND source_id = %s",
            [message.ticket_id, message.pk],
        )


def forget(ticket_ids: Sequence[int]) -> None:
    """Removes everything that is found of these tickets."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_searchentry WHERE ticket_id = ANY(%s)", [list(ticket_ids)])
