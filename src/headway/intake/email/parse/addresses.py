"""Addresses out of headers as people and programs write them: one pass over the characters, no exceptions."""

import re
from collections.abc import Iterator
from typing import Final

from headway.intake.email import limits
from headway.intake.email.mail import Address
from headway.intake.email.parse.words import clean, decoded

_TOKEN: Final = re.compile(r"[^\s\",;:<>()\\]+|\s+|.", re.DOTALL)
_EMAIL: Final = re.compile(r"[^\s@<>\",;:()\[\]\\]+@[^\s@<>\",;:()\\]+")
_QUOTED_EMAIL: Final = re.compile(r'"[^"@]{1,100}"@[^\s@<>",;:()\\]+')
_QUOTES: Final = "\"' "


def read(text: str) -> tuple[Address, ...]:
    """The mailboxes of one address header (raw text, encoded words still in it), groups opened, in order."""
    found: list[Address] = []
    carried = ""
    for entry in _Scanner().entries(text):
        address, carried = _mailbox(carried, entry)
        if address is not None:
            several = entry.angled is None and "@" in address.name  # the commas are missing
            found.append(Address("", address.email) if several else address)
            if several:
                found += [Address("", email) for one in _EMAIL.findall(address.name) if (email := _email(one))]
        if len(found) >= limits.ADDRESSES:
            break
    if carried and not found:
        found.append(_made(carried, "", []))  # a name alone, such as MAILER-DAEMON
    return tuple(found)


def one(text: str) -> Address | None:
    """The first mailbox of a header, None when there is none."""
    found = read(text)
    return found[0] if found else None


class _Entry:
    """One comma-separated piece: words before the angle, what stood in the angle, comments."""

    __slots__ = ("angled", "comments", "has_at", "own_words", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.angled: str | None = None
        self.comments: list[str] = []
        self.has_at = False
        self.own_words = 0  # how many words stood before the angle


class _Scanner:
    """The state while walking over the tokens of one header; every piece is looked at once."""

    def __init__(self) -> None:
        self.entry = _Entry()
        self.depth = 0
        self.comment: list[str] = []
        self.quoted: list[str] | None = None
        self.angled: list[str] | None = None
        self.angle_has_at = False
        self.escaped = False
        self.last_quoted = ""

    def entries(self, text: str) -> Iterator[_Entry]:
        for piece in _TOKEN.findall(text):
            if self._inside(piece):
                continue
            if piece in ",;" or (piece == ":" and self.entry.angled is None and not self.entry.has_at):
                done, self.entry = self.entry, _Entry()
                if piece != ":":
                    yield done
            elif piece == "<":
                if self.entry.angled and "@" in self.entry.angled:  # the comma is missing
                    done, self.entry = self.entry, _Entry()
                    self.entry.words, done.words = done.words[done.own_words :], done.words[: done.own_words]
                    yield done
                self.angled, self.angle_has_at = [], False
            elif piece not in ">)":
                if piece[0] == "@" and self.entry.words and self.entry.words[-1] == self.last_quoted:
                    self.entry.words[-1] = f'"{self.last_quoted}"'
                self.entry.words.append(piece)
                self.entry.has_at = self.entry.has_at or "@" in piece
        if self.quoted is not None:
            self.entry.words.append("".join(self.quoted))
        if self.angled is not None:
            self._close_angle()
        yield self.entry

    def _inside(self, piece: str) -> bool:
        """Takes the piece when it belongs to an escape, a comment, a quoted string or an angle."""
        if self.escaped or piece == "\\":
            if self.escaped:
                self._innermost().append(piece)
            self.escaped = not self.escaped
        elif self.depth or (piece == "(" and self.quoted is None):
            self._in_comment(piece)
        elif self.quoted is not None:
            if piece == '"':
                text, self.quoted = "".join(self.quoted), None
                self.last_quoted = text
                self._innermost().append(f'"{text}"' if self.angled is not None else text)
            else:
                self.quoted.append(piece)
        elif piece == '"':
            self.quoted = []
        elif self.angled is not None:
            return self._in_angle(self.angled, piece)
        else:
            return False
        return True

    def _in_comment(self, piece: str) -> None:
        self.depth += (piece == "(") - (piece == ")")
        if not self.depth:
            self.entry.comments.append("".join(self.comment))
            self.comment = []
        elif piece != "(" or self.depth > 1:
            self.comment.append(piece)

    def _in_angle(self, angled: list[str], piece: str) -> bool:
        if piece == ">":
            self._close_angle()
        elif piece == "," and self.angle_has_at and not angled[0].startswith("@"):
            self._close_angle()
            return False
        elif piece != "<":
            angled.append(piece)
            self.angle_has_at = self.angle_has_at or "@" in piece
        return True

    def _close_angle(self) -> None:
        if not self.entry.angled or "@" not in self.entry.angled:
            self.entry.angled = "".join(self.angled or ())
            self.entry.own_words = len(self.entry.words)
        self.angled = None

    def _innermost(self) -> list[str]:
        if self.depth:
            return self.comment
        if self.quoted is not None:
            return self.quoted
        return self.angled if self.angled is not None else self.entry.words


def _mailbox(carried: str, entry: _Entry) -> tuple[Address | None, str]:
    """The entry's address; a piece without any address is carried over as part of the next one's name."""
    words = "".join(entry.words).strip()
    name = f"{carried}, {words}" if carried and words else carried or words
    if entry.angled is not None:
        email = _email(entry.angled)
        if not email:
            spare = _EMAIL.search(words)
            email = _email(spare[0]) if spare else ""
            name = name.replace(spare[0], "") if spare else name
        if not email and not entry.angled.strip() and not name:
            return None, ""
        return _made(name, email, entry.comments), ""
    if "@" not in words:
        return None, name[: limits.NAME_CHARACTERS]
    match = _QUOTED_EMAIL.search(words) or _EMAIL.search(words)
    if match:
        rest = (words[: match.start()] + " " + words[match.end() :]).strip()
        return _made(f"{carried}, {rest}" if carried and rest else rest, _email(match[0]), entry.comments), ""
    return _made("", _email(words), entry.comments), ""


def _email(text: str) -> str:
    text = text.strip().strip("<>")
    if text.lower().startswith("mailto:"):
        text = text[7:]
    if text.startswith("@") and ":" in text:
        text = text.rpartition(":")[2]
    if not text.startswith('"'):
        text = "".join(text.split()).strip("'")
    if "=?" in text:
        text = "".join(decoded(text).split())
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return ""
    email = clean(f"{local}@{domain.strip('.').lower()}")
    return email if len(email) <= limits.ADDRESS_CHARACTERS else ""


def _made(name: str, email: str, comments: list[str]) -> Address:
    name = name or " ".join(comments)
    name = clean(decoded(name) if "=?" in name else name)
    name = " ".join(name.split()).strip(_QUOTES)[: limits.NAME_CHARACTERS]
    return Address(name="" if name == email else name, email=email)
