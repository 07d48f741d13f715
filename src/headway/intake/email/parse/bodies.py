"""Which parts of a mail are its text and which its files."""

from dataclasses import dataclass, field
from typing import Final

from headway.intake.email.parse.structure import Part

_SHOWN: Final = {"text/plain", "text/html"}
_SIMILAR: Final = {"text/enriched", "text/richtext", "text/x-markdown", "text/markdown"}
_ALTERNATIVES_UNREAD: Final = {"text/x-amp-html", "text/watch-html", "text/x-watch-html", "text/rtf", *_SIMILAR}
_RESOURCES: Final = "multipart/related"


@dataclass(slots=True)
class Piece:
    """One stretch of the text: the parts to read it from as plain text, and those to read it from as HTML."""

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Selection:
    """The pieces of text in reading order, and the files in order of appearance."""

    pieces: list[Piece] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)

    def add(self, other: "Selection") -> None:
        self.pieces += other.pieces
        self.files += other.files


def select(root: Part) -> Selection:
    """What to show of a mail as text and what as files."""
    return _select(root, first=True)


def _select(part: Part, *, first: bool) -> Selection:
    if not part.children:
        return _leaf(part, first=first)
    if part.type == "multipart/alternative":
        return _alternative(part, first=first)
    if part.type == "multipart/encrypted":
        return Selection(files=list(part.children))
    chosen = Selection()
    for number, child in enumerate(part.children):
        if part.type == _RESOURCES and number and not child.children:
            inner = _resource(child, had_text=bool(chosen.pieces))
        else:
            inner = _select(child, first=first and not chosen.pieces)
        chosen.add(inner)
    return chosen


def _leaf(part: Part, *, first: bool) -> Selection:
    if not _is_text(part, first=first):
        return Selection(files=[part])
    files = [part] if part.filename else []  # a named text that comes first is read and kept as a file
    if part.type == "text/html":
        return Selection(pieces=[Piece(html=[part])], files=files)
    return Selection(pieces=[Piece(plain=[part])], files=files)


def _resource(part: Part, *, had_text: bool) -> Selection:
    """A later part of multipart/related: a file the HTML refers to, unless the text itself came late."""
    return Selection(files=[part]) if had_text else _leaf(part, first=True)


def _is_text(part: Part, *, first: bool) -> bool:
    if part.type not in _SHOWN | _SIMILAR and not (part.main == "text" and not part.filename and first):
        return False
    if part.type == "text/calendar" or part.disposition.value == "attachment":
        return False
    return not part.filename or (first and part.disposition.value in ("", "inline"))


def _alternative(part: Part, *, first: bool) -> Selection:
    """The same text in several forms: the first plain one and the last HTML one, files of all."""
    piece = Piece()
    spare: list[Part] = []
    chosen = Selection()
    for child in part.children:
        if not child.children and child.type in _ALTERNATIVES_UNREAD:
            spare.append(child)
            continue
        inner = _select(child, first=first)
        chosen.files += inner.files
        html = [one for each in inner.pieces for one in each.html or each.plain]
        plain = [one for each in inner.pieces for one in each.plain or each.html]
        if any(each.html for each in inner.pieces):
            piece.html = html
            if child.children and not piece.plain and all(each.plain for each in inner.pieces):
                piece.plain = plain
        elif plain and not piece.plain:
            piece.plain = plain
    if not piece.plain and not piece.html:
        piece.plain = spare[:1]
    if piece.plain or piece.html:
        chosen.pieces = [piece]
    return chosen
