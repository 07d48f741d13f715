"""One ticket as its screen shows it."""

from dataclasses import dataclass, field
from datetime import datetime

from headway.tickets.models import Message, MessageFile, Note, NoteFile, Ticket


@dataclass(slots=True)
class FileRow:
    """An attachment as it is shown. `content_id` is set for pictures inside the HTML."""

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


_MESSAGE = (
    "id", "direction", "at", "text", "agent_id", "agent__name", "customer_id", "customer__name", "channel", "quoted",
)  # fmt: skip


def conversation(ticket: Ticket) -> Conversation:
    """What was said on a ticket that the caller was let through to. Four queries: messages, notes, and their files."""
    return conversation_of(ticket.pk)


def conversation_of(ticket_id: int) -> Conversation:
    """The same by the ticket's number."""
    turns = [
        Turn(*values[:10], *values[10:])
        for values in Message.objects.filter(ticket_id=ticket_id)
        .extra(select={"has_html": "html <> ''"})
        .order_by("at", "id")
        .values_list(*_MESSAGE, "has_html", "language", "automatic", "held", "copied")
    ]
    notes = [
        Turn(note_id, "note", at, text, agent_id, name)
        for note_id, at, text, agent_id, name in Note.objects.filter(ticket_id=ticket_id)
        .order_by("at", "id")
        .values_list("id", "at", "text", "agent_id", "agent__name")
    ]
    columns = ("id", "sha256", "name", "media_type", "size")
    by_message = {turn.id: turn for turn in turns}
    for message_id, *values in (
        MessageFile.objects.filter(message__ticket_id=ticket_id)
        .order_by("id")
        .values_list("message_id", *columns, "content_id")
    ):
        by_message[message_id].files.append(FileRow(*values))
    by_note = {turn.id: turn for turn in notes}
    for note_id, *values in (
        NoteFile.objects.filter(note__ticket_id=ticket_id).order_by("id").values_list("note_id", *columns)
    ):
        by_note[note_id].files.append(FileRow(*values))
    return Conversation(sorted([*turns, *notes], key=lambda turn: (turn.at, turn.kind == "note", turn.id)))
