"""One ticket as its screen shows it."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from headway.foundation import markdown
from headway.foundation.rows import fetch_sql
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


@dataclass(slots=True)
class Conversation:
    """Messages and notes together, oldest first."""

    turns: list[Turn]


# A note has no customer and goes to nobody; at the same instant it stands after the message it is about.
_SAID = """
SELECT m.id, m.direction, m.at, m.text, m.agent_id, a.name, m.customer_id, c.name, m.channel, m.quoted, m.html <> '',
  m.language, m.automatic, m.held, m.copied::text
FROM tickets_message m LEFT JOIN people_agent a ON a.id = m.agent_id LEFT JOIN people_customer c ON c.id = m.customer_id
WHERE m.ticket_id = %s AND m.withdrawn_at IS NULL
UNION ALL
SELECT n.id, 'note', n.at, n.text, n.agent_id, a.name, NULL, NULL, '', '', false, '', false, false, '[]'
FROM tickets_note n LEFT JOIN people_agent a ON a.id = n.agent_id
WHERE n.ticket_id = %s
"""
_FILES = """
SELECT false, f.message_id, f.id, f.sha256, f.name, f.media_type, f.size,
  CASE WHEN f.content_id <> '' AND position('cid:' || f.content_id IN m.html) > 0 THEN f.content_id ELSE '' END
FROM tickets_messagefile f JOIN tickets_message m ON m.id = f.message_id WHERE m.ticket_id = %s
UNION ALL
SELECT true, f.note_id, f.id, f.sha256, f.name, f.media_type, f.size, ''
FROM tickets_notefile f JOIN tickets_note n ON n.id = f.note_id WHERE n.ticket_id = %s
ORDER BY 3
"""


def embedded(file: MessageFile, html: str) -> bool:
    """Whether a file is shown inside its message's HTML, and so not beneath it. A name alone does not show it."""
    return file.content_id != "" and f"cid:{file.content_id}" in html


def formatted_of(ticket_id: int) -> dict[int, str]:
    """The HTML of the replies written here, by message; safe to show as it is. One query.

    What was brought in from elsewhere was not written by our own composer and is shown as text.
    """
    ours = Message.objects.filter(ticket_id=ticket_id, direction=Message.Directions.OUT, before__isnull=False)
    return {pk: markdown.safe(html) for pk, html in ours.exclude(html="").values_list("pk", "html")}


def conversation(ticket: Ticket) -> Conversation:
    """What was said on a ticket that the caller was let through to. Two queries: what was said, and the files."""
    return conversation_of(ticket.pk)


def conversation_of(ticket_id: int) -> Conversation:
    """The same by the ticket's number."""
    turns = [Turn(*values) for values in fetch_sql(_SAID, [ticket_id, ticket_id])]
    for turn in turns:
        # JSON comes as it is written
        turn.copied = json.loads(str(turn.copied))
    by_id = {(turn.kind == "note", turn.id): turn for turn in turns}
    for of_note, owner_id, *values in fetch_sql(_FILES, [ticket_id, ticket_id]):
        if (of_note, owner_id) in by_id:
            by_id[of_note, owner_id].files.append(FileRow(*values))
    return Conversation(sorted(turns, key=lambda turn: (turn.at, turn.kind == "note", turn.id)))
