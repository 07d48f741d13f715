"""Attachments: stored before the row that names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.foundation import files
from headway.foundation.files import Blob
from headway.tickets.models import Message, MessageFile, Note, NoteFile, Scheduled, ScheduledFile, SideFile, SideMessage
from headway.tickets.rules.texts import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file already in the store, as it is attached."""

    blob: Blob
    name: str
    media_type: str
    content_id: str = ""


def stored(name: str, media_type: str, data: bytes, content_id: str = "") -> Attachment:
    """Puts the bytes into the file store; the result can be attached."""
    return Attachment(blob=files.put(data), name=name, media_type=media_type, content_id=content_id)


def of_message(message: Message, attachments: Sequence[Attachment]) -> list[MessageFile]:
    """The rows of a message's files, for the caller to write."""
    return [MessageFile(message=message, content_id=entry.content_id[:255], **columns(entry)) for entry in attachments]


def of_note(note: Note, attachments: Sequence[Attachment]) -> list[NoteFile]:
    """The same of a note."""
    return [NoteFile(note=note, **columns(entry)) for entry in attachments]


def attach_to_scheduled(scheduled: Scheduled, attachments: Sequence[Attachment]) -> None:
    """Writes the rows of the files of a reply that waits."""
    ScheduledFile.objects.bulk_create(ScheduledFile(scheduled=scheduled, **columns(entry)) for entry in attachments)


def attach_to_side(message: SideMessage, attachments: Sequence[Attachment]) -> None:
    """Writes the rows of the files of a message of a side conversation."""
    SideFile.objects.bulk_create(SideFile(message=message, **columns(entry)) for entry in attachments)


def attachments_of(scheduled: Scheduled) -> list[Attachment]:
    """The files of a reply that waits, to be attached to the message it becomes."""
    return [
        Attachment(blob=Blob(row.sha256, row.size), name=row.name, media_type=row.media_type)
        for row in scheduled.files.order_by("pk")
    ]


def columns(attachment: Attachment) -> dict[str, object]:
    """The columns that a message's and a note's files share."""
    return {
        "sha256": attachment.blob.sha256,
        "size": attachment.blob.size,
        "name": named(attachment.name),
        "media_type": one_line(attachment.media_type.lower(), 120) or "application/octet-stream",
    }


def named(name: str) -> str:
    """What a file is called here, of what it was called by whoever sent it."""
    return one_line(name.replace("/", "_").replace("\\", "_"), 255) or "file"
