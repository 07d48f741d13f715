"""The header block of a mail or part: bytes to names and unfolded values, within bounds, never failing."""

import re
from dataclasses import dataclass
from typing import Final

from headway.intake.email import limits

_HEADER: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_KNOWN: Final = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|received|return-path"
    rb"|mime-version|content-[a-z-]+|x-[a-z0-9-]+|dkim-signature|delivered-to|list-[a-z-]+|thread-[a-z]+|user-agent"
    rb"|authentication-results|received-spf|arc-[a-z-]+|importance|precedence|auto-submitted)[ \t]*:",
    re.IGNORECASE,
)
_FOLD: Final = re.compile(rb"[\r\n]+[ \t]*")
_LOOK_AHEAD: Final = 12


@dataclass(frozen=True, slots=True)
class Headers:
    """Headers in order: lower-case name, unfolded raw value."""

    items: tuple[tuple[str, bytes], ...]

    def first(self, name: str) -> bytes:
        """The first value, empty when there is none."""
        return next((value for key, value in self.items if key == name), b"")

    def every(self, name: str) -> list[bytes]:
        """All values, top first."""
        return [value for key, value in self.items if key == name]

    def has(self, name: str) -> bool:
        """Whether the header is there at all, empty or not."""
        return any(key == name for key, _ in self.items)


def read(raw: bytes, start: int, end: int, defects: list[str]) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins."""
    items: list[tuple[str, bytes]] = []
    name, value_start, value_end = "", 0, 0
    limit = start + limits.HEADER_BLOCK_BYTES
    position = start
    first = True

    def finish() -> None:
        if not name:
            return
        if len(items) >= limits.HEADERS:
            _note(defects, "more headers than are read")
            return
        value = raw[value_start : min(value_end, value_start + limits.HEADER_BYTES)]
        if value_end - value_start > limits.HEADER_BYTES:
            _note(defects, "a header longer than is read")
        items.append((name, _FOLD.sub(b" ", value).strip(b" \t\r\n\x00")))

    while position < end:
        stop = raw.find(b"\n", position, end)
        line_end = end if stop < 0 else stop
        after = end if stop < 0 else stop + 1
        if position == line_end or (raw[position] == 13 and line_end - position == 1):
            finish()
            return Headers(tuple(items)), after
        lead = raw[position]
        if position > limit:
            _note(defects, "more headers than are read")
            finish()
            return Headers(tuple(items)), _blank_line(raw, position, end)
        if lead in b" \t":
            if name:
                value_end = line_end
        else:
            match = _HEADER.match(raw, position, min(line_end, position + 260))
            if match:
                finish()
                name = match[1].decode("ascii").lower()
                value_start, value_end = match.end(), line_end
            elif first and raw.startswith((b"From ", b">From "), position, line_end):
                pass
            elif name and _headers_go_on(raw, after, end):
                _note(defects, "a badly folded header")
                value_end = line_end
            elif not name and _headers_go_on(raw, after, end):
                _note(defects, "a line before the headers")
            else:
                _note(defects, "no blank line before the body")
                finish()
                return Headers(tuple(items)), position
        first = False
        position = after
    finish()
    return Headers(tuple(items)), end


def _headers_go_on(raw: bytes, position: int, end: int) -> bool:
    """Whether a well-known header follows within a few lines and before a blank one."""
    for _ in range(_LOOK_AHEAD):
        stop = raw.find(b"\n", position, min(end, position + 4096))
        if stop < 0:
            stop = min(end, position + 4096)
        if not raw[position:stop].strip():
            return False
        if _KNOWN.match(raw, position, stop):
            return True
        position = stop + 1
        if position >= end:
            return False
    return False


def _blank_line(raw: bytes, position: int, end: int) -> int:
    found = [at + size for mark, size in ((b"\n\n", 2), (b"\n\r\n", 3)) if (at := raw.find(mark, position, end)) >= 0]
    return min(found, default=end)


def _note(defects: list[str], text: str) -> None:
    if text not in defects:
        defects.append(text)
