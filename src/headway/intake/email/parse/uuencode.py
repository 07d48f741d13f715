"""Files written into the text as uuencode: found, decoded, taken out."""

import binascii
import re
from dataclasses import dataclass
from typing import Final

_BEGIN: Final = re.compile(rb"^begin ([0-7]{3,4}) (\S[^\r\n]{0,200})\r?$", re.MULTILINE)
_MOST_FILES: Final = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One file that stood in the text."""

    name: str
    content: bytes


def extract(data: bytes) -> tuple[bytes, list[Found]]:
    """The text without its uuencoded files, and the files. Text that only says "begin" stays as it is."""
    if b"begin" not in data:
        return data, []
    kept: list[bytes] = []
    files: list[Found] = []
    position = 0
    for match in _BEGIN.finditer(data):
        if match.start() < position or len(files) >= _MOST_FILES:
            continue
        content, after = _decode(data, match.end() + 1)
        if content is None:
            continue
        files.append(Found(match[2].decode("utf-8", "replace").strip("\"' "), content))
        kept.append(data[position : match.start()])
        position = after
    kept.append(data[position:])
    return (b"".join(kept), files) if files else (data, [])


def decode_whole(data: bytes) -> tuple[bytes, str]:
    """The content of a part that is uuencoded as a whole and its name; without a begin line the bytes as they are."""
    _, files = extract(data)
    return (files[0].content, files[0].name) if files else (data, "")


def _decode(data: bytes, position: int) -> tuple[bytes | None, int]:
    """The decoded lines from `position` to the end mark; None when the lines are not uuencode."""
    pieces: list[bytes] = []
    while position < len(data):
        stop = data.find(b"\n", position, position + 200)
        if stop < 0:
            stop = min(len(data), position + 200)
        line = data[position:stop].rstrip(b"\r")
        position = stop + 1
        if line == b"end":
            break
        if not line or line == b"`":
            continue
        try:
            pieces.append(_line(line))
        except binascii.Error:
            if not pieces:
                return None, position
            return b"".join(pieces), stop - len(line)
    return (b"".join(pieces), min(position, len(data))) if pieces else (None, position)


def _line(line: bytes) -> bytes:
    """One line of uuencode; a line of any other length than its first character says is none."""
    needed = ((((line[0] - 32) & 63) + 2) // 3) * 4
    written = len(line) - 1
    if not 32 <= line[0] <= 96 or written > needed + 2 or (written < needed and b" " not in line):
        raise binascii.Error("not uuencode")
    return binascii.a2b_uu(line[: needed + 1])
