"""A ticket's conversation as its screen shows it: messages, notes, and what happened between them, folded."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.utils.translation import gettext as _

from headway.events.event import Event, Recorded
from headway.foundation import markdown, media
from headway.tickets.queries.conversation import FileRow, Turn
from headway.tickets.rules.mentions import Known, mentions
from headway.web.desk.previews import kind_words
from headway.web.desk.story import Line, Names, line

LARGEST_THUMBNAIL = 3_000_000  # bytes
_LINE, _LINES = 80, 60  # letters that a line holds, and lines that a message shows at most


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a screen has seen a ticket: its last message, note and event."""

    message: int = 0
    note: int = 0
    event: int = 0

    @classmethod
    def of(cls, written: str | None) -> Self:
        """Reads "12.4.99"; anything else has seen nothing."""
        parts = (written or "").split(".")
        if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts):
            return cls()
        return cls(*(int(part) for part in parts))

    def __str__(self) -> str:
        return f"{self.message}.{self.note}.{self.event}"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment and where it is downloaded. `kind` and `words`: what it is said to be; `shown`: it opens here."""

    name: str
    size: int
    href: str
    kind: str = "file"
    words: str = ""

    @property
    def shown(self) -> bool:
        """Whether it can be looked at without downloading it."""
        return self.kind in media.SHOWN

    @property
    def thumbnail(self) -> bool:
        """Whether its picture stands beside its name; a large one is loaded only when it is opened."""
        return self.kind == "image" and self.size <= LARGEST_THUMBNAIL


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a message of ours has come. `failed` says why, for people."""

    words: str
    failed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message or a note."""

    kind: str
    id: int
    author: str
    at: datetime
    text: str
    address: str = ""
    quoted: str = ""
    frame: str = ""
    files: list[File] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    delivery: Delivery | None = None
    automatic: bool = False
    held: bool = False
    held_because: str = ""
    called: list[str] = field(default_factory=list)  # "@" and a name, as it was written
    rich: str = ""  # safe HTML, of what our own people wrote with Markdown
    mailed: bool = False  # it came or goes by mail, so it has a path

    @property
    def long(self) -> bool:
        """Whether only its beginning is shown at first: it is longer than a screen or two."""
        return sum(1 + len(line) // _LINE for line in self.text.splitlines()) > _LINES


@dataclass(frozen=True, slots=True)
class Happened:
    """Consecutive changes, shown in one folded line, or in the full journal one beneath the other."""

    lines: list[Line]
    folds: bool = True
    kind: str = "happened"


Entry = Said | Happened


def standing(recorded: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
    """What happened, but for what was undone: moves that were taken back, alone or with a reply, and the way back."""
    undone = {number for each in recorded for number in getattr(each.event, "undone_ids", ())}
    return [each for each in recorded if each.id not in undone and getattr(each.event, "reason", "") != "undo"]


def entries(
    turns: Iterable[Turn],
    recorded: Iterable[Recorded[Event]],
    names: Names,
    deliveries: Mapping[int, Delivery],
    held: Mapping[int, str],
    formatted: Mapping[int, str],
    called: Sequence[Known] = (),
    whole: Mapping[int, Line] | None = None,
) -> list[Entry]:
    """Everything in the order it happened; neighbouring changes are put together. `formatted`: our replies' HTML;
    `called`: whom the notes mention; `whole`: lines of the full journal beside the story, by event."""
    placed: list[tuple[datetime, int, Any]] = [
        (turn.at, 0, said(turn, deliveries, held, formatted, called)) for turn in turns
    ]
    for each in recorded:
        told = line(each, names) or (whole or {}).get(each.id)
        if told:
            placed.append((each.at, 1, told))
    placed.sort(key=lambda entry: entry[:2])
    shown: list[Entry] = []
    for _at, _order, entry in placed:
        if not isinstance(entry, Line):
            shown.append(entry)
        elif shown and isinstance(shown[-1], Happened):
            shown[-1].lines.append(entry)
        else:
            shown.append(Happened([entry], folds=whole is None))
    return shown


def said(
    turn: Turn,
    deliveries: Mapping[int, Delivery],
    held: Mapping[int, str],
    formatted: Mapping[int, str],
    called: Sequence[Known] = (),
) -> Said:
    """A message or note as it is shown. `held`: why messages are held, by id; `called`: whom notes mention."""
    if turn.kind == "note":
        return Said(
            kind="note", id=turn.id, author=turn.agent or "Headway", at=turn.at, text=turn.text,
            files=attached(turn.files, f"/desk/notes/{turn.id}/files"), rich=markdown.to_html(turn.text),
            called=_called(turn.text, called),
        )  # fmt: skip
    return Said(
        kind="message",
        id=turn.id,
        author=(turn.customer or _("Unknown sender")) if turn.kind == "in" else (turn.agent or "Headway"),
        at=turn.at,
        text=turn.text,
        quoted=turn.quoted,
        frame=f"/desk/messages/{turn.id}/page" if turn.has_html and turn.kind == "in" else "",
        files=attached([file for file in turn.files if not file.content_id], f"/desk/messages/{turn.id}/files"),
        copied=[str(each) for each in turn.copied],
        delivery=deliveries.get(turn.id),
        automatic=turn.automatic,
        held=turn.held,
        held_because=held.get(turn.id, ""),
        rich=formatted.get(turn.id, ""),
        mailed=turn.channel == "email",
    )


def _called(text: str, known: Sequence[Known]) -> list[str]:
    """The mentions in a note as they were written, the longest first."""
    return sorted({text[one.start : one.end] for one in mentions(text, known)}, key=len, reverse=True)


def first_of(entries: Iterable[object], news: Container[tuple[bool, int]]) -> tuple[str, int] | None:
    """Kind and id of the first shown entry that is new to its reader. `news`: whether it is a note, and its id."""
    said = (entry for entry in entries if isinstance(entry, Said) and (entry.kind == "note", entry.id) in news)
    return next(((entry.kind, entry.id) for entry in said), None)


def attached(rows: Iterable[FileRow], address: str) -> list[File]:
    """The files of something said, as they stand below it."""
    kinds = [(row, media.kind_of(row.media_type, row.name)) for row in rows]
    return [File(row.name, row.size, f"{address}/{row.id}", kind, kind_words(kind)) for row, kind in kinds]
