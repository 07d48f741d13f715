"""One ticket as its screen shows it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from headway.foundation import markdown
from headway.foundation.rows import fetch_sql
from headway.foundation.together import Asked, Rows
from headway.tickets.models import Message, MessageFile, Ticket


@dataclass(slots=True)
class FileRow:
    """An attachment as it is shown. `content_id` is set for pictures that stand inside the HTML."""

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    content_id: str = ""


@dataclass(slots=True)
class Turn:
    """A message or a note. `kind` is in, out or note; who wrote it has a name, or none for an automation."""

    id: int
    kind: str
    at: datetime
    text: str
    agent_id: int | None
    agent: str | None
    customer_id: int | None = None
    customer: str | None = None
    channel: str = ""
    quoted: str = ""
    has_html: bool = False
    language: str = ""
    automatic: bool = False
    held: bool = False
    copied: list[str] = field(default_factory=list)
    files: list[FileRow] = field(default_factory=list)

    @property
    def place(self) -> "Place":
        """Where it stands."""
        return Place(self.at, self.kind == "note", self.id)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a message or note stands in its conversation. At the same instant a note stands after a message."""

    at: datetime
    note: bool
    id: int


@dataclass(slots=True)
class Conversation:
    """Messages and notes together, oldest first."""

    turns: list[Turn]


# A note has no customer and goes to nobody.
_MESSAGES = """
SELECT m.id, m.direction, m.at, m.text, m.agent_id, a.name, m.customer_id, c.name, m.channel, m.quoted, m.html <> '',
  m.language, m.automatic, m.held, m.copied::text
FROM tickets_message m LEFT JOIN people_agent a ON a.id = m.agent_id LEFT JOIN people_customer c ON c.id = m.customer_id
WHERE m.ticket_id = %s AND m.withdrawn_at IS NULL
"""
_NOTES = """
SELECT n.id, 'note', n.at, n.text, n.agent_id, a.name, NULL, NULL, '', '', false, '', false, false, '[]'
FROM tickets_note n LEFT JOIN people_agent a ON a.id = n.agent_id
WHERE n.ticket_id = %s
"""
_FILES = """
SELECT false, f.message_id, f.id, f.sha256, f.name, f.media_type, f.size,
  CASE WHEN f.content_id <> '' AND position('cid:' || f.content_id IN m.html) > 0 THEN f.content_id ELSE '' END
FROM tickets_messagefile f JOIN tickets_message m ON m.id = f.message_id WHERE f.message_id = ANY(%s)
UNION ALL
SELECT true, f.note_id, f.id, f.sha256, f.name, f.media_type, f.size, ''
FROM tickets_notefile f WHERE f.note_id = ANY(%s)
ORDER BY 3
"""
_COUNTED = """
SELECT (SELECT count(*) FROM tickets_message m WHERE m.ticket_id = %s AND m.withdrawn_at IS NULL{messages})
  + (SELECT count(*) FROM tickets_note n WHERE n.ticket_id = %s{notes})
"""


def embedded(file: MessageFile, html: str) -> bool:
    """Whether a file is shown inside its message's HTML, and so not beneath it. A name alone does not show it."""
    return file.content_id != "" and f"cid:{file.content_id}" in html


def formatted_of(message_ids: Sequence[int]) -> dict[int, str]:
    """The HTML of those of these messages that were written here, by message; safe to show as it is. One query.

    What was brought in from elsewhere was not written by our own composer and is shown as text.
    """
    ours = Message.objects.filter(pk__in=message_ids, direction=Message.Directions.OUT, before__isnull=False)
    return {pk: markdown.safe(html) for pk, html in ours.exclude(html="").values_list("pk", "html")}


def conversation(ticket: Ticket) -> Conversation:
    """What was said on a ticket that the caller was let through to. Two queries: what was said, and the files."""
    return conversation_of(ticket.pk)


def conversation_of(ticket_id: int) -> Conversation:
    """The same by the ticket's number."""
    turns = _turns(fetch_sql(f"{_MESSAGES} UNION ALL {_NOTES}", [ticket_id, ticket_id]))
    files_of(turns).now()
    return Conversation(turns)


def passage(
    ticket_id: int, most: int, *, after: Place | None = None, before: Place | None = None, forwards: bool = False
) -> list[Turn]:
    """The last of what was said between two places, at most so many, oldest first; the first of it with `forwards`.

    One query, which costs what it returns however long the conversation is. Files are asked for with `files_of`.
    """
    way = "ASC" if forwards else "DESC"
    parts, parameters = [], []
    for sql, name, is_note in ((_MESSAGES, "m", False), (_NOTES, "n", True)):
        bounds, bound = _bounds(name, is_note, after, before)
        parts.append(f"({sql}{bounds} ORDER BY {name}.at {way}, {name}.id {way} LIMIT %s)")
        parameters += [ticket_id, *bound, most]
    turns = _turns(fetch_sql(" UNION ALL ".join(parts), parameters))
    return turns[:most] if forwards else turns[-most:]


def how_many(ticket_id: int, *, after: Place | None = None, before: Place | None = None) -> int:
    """How many messages and notes stand between two places. One query."""
    messages, of_messages = _bounds("m", False, after, before)
    notes, of_notes = _bounds("n", True, after, before)
    sql = _COUNTED.format(messages=messages, notes=notes)
    return int(fetch_sql(sql, [ticket_id, *of_messages, ticket_id, *of_notes])[0][0])


def since(ticket_id: int, message_id: int, note_id: int, also: Sequence[int]) -> list[Turn]:
    """Messages and notes that came after these, and the messages `also`, oldest first. One query."""
    sql = f"{_MESSAGES} AND (m.id > %s OR m.id = ANY(%s)) UNION ALL {_NOTES} AND n.id > %s"
    return _turns(fetch_sql(sql, [ticket_id, message_id, list(also), ticket_id, note_id]))


def place_of(ticket_id: int, key: str) -> Place | None:
    """Where a message ("m12") or note ("n7") of the ticket stands; None for what is none. One query."""
    number = int(key[1:]) if key[1:].isdecimal() and len(key) < 20 else 0
    if key[:1] not in ("m", "n") or not number:
        return None
    table = "tickets_note" if key[0] == "n" else "tickets_message"
    found = fetch_sql(f"SELECT at FROM {table} WHERE id = %s AND ticket_id = %s", [number, ticket_id])
    return Place(found[0][0], key[0] == "n", number) if found else None


def files_of(turns: Sequence[Turn]) -> Asked[None]:
    """Puts their files to these."""
    by_id = {(turn.kind == "note", turn.id): turn for turn in turns}

    def put(rows: Rows) -> None:
        for of_note, owner_id, *values in rows:
            by_id[of_note, owner_id].files.append(FileRow(*values))

    messages = [turn.id for turn in turns if turn.kind != "note"]
    return Asked(_FILES, [messages, [turn.id for turn in turns if turn.kind == "note"]], 8, put)


def _bounds(name: str, is_note: bool, after: Place | None, before: Place | None) -> tuple[str, list[Any]]:
    """A condition for rows of one table between two places, by the index of the thread."""
    sql, parameters = "", []
    for place, sign in ((after, ">"), (before, "<")):
        if place is not None:
            sql += f" AND {name}.at {sign}= %s AND ({name}.at, {str(is_note).lower()}, {name}.id) {sign} (%s, %s, %s)"
            parameters += [place.at, place.at, place.note, place.id]
    return sql, parameters


def _turns(rows: Sequence[tuple[Any, ...]]) -> list[Turn]:
    turns = [Turn(*values) for values in rows]
    for turn in turns:
        # JSON comes as it is written
        turn.copied = json.loads(str(turn.copied))
    return sorted(turns, key=lambda turn: turn.place)
