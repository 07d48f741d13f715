"""Where old mail lies: single files, folders of them, Maildir, mbox. Raw mails one by one, with a name for reports."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from headway.intake.email.parse import dates

_FROM_LINE: Final = re.compile(rb"From \S.{0,300}\d{1,2}:\d{2}")
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|From |>From |[ \t]*\r?\n")
_DATE: Final = re.compile(rb"^Date[ \t]*:([^\r\n]{0,300}(?:\r?\n[ \t][^\r\n]{0,300})?)", re.MULTILINE | re.IGNORECASE)
_RECEIVED: Final = re.compile(rb"^Received[ \t]*:[^;]{0,2000};([^\r\n]{0,100})", re.MULTILINE | re.IGNORECASE)
_GLANCE: Final = 64 * 1024
_MAILDIR: Final = ("cur", "new")
_MOST_BYTES: Final = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """One mail, or a file that holds none; `unreadable` says why there are no bytes."""

    name: str
    raw: bytes = b""
    unreadable: str = ""


def read(paths: list[Path]) -> Iterator[Found]:
    """Every mail under the paths, folders in order of their names."""
    for path in paths:
        if path.is_dir():
            yield from _folder(path)
        else:
            yield from _file(path)


def looks_like_mail(raw: bytes) -> bool:
    """Whether the bytes begin with a header. A text, a picture or an empty file does not."""
    return bool(raw.strip()) and bool(_HEADER.match(raw.lstrip(b"\r\n\xef\xbb\xbf")[:400]))


def dated(raw: bytes) -> datetime | None:
    """The mail's date at a glance, for the order of an import; what it says exactly is read later."""
    head = raw[:_GLANCE]
    for pattern in (_DATE, _RECEIVED):
        match = pattern.search(head)
        found = dates.read(match[1].decode("ascii", "replace")) if match else None
        if found is not None:
            return found
    return None


def _folder(path: Path) -> Iterator[Found]:
    maildir = all((path / name).is_dir() for name in _MAILDIR)
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(str(path), unreadable=str(error.strerror))
        return
    for entry in entries:
        # Maildir++ keeps its folders in names that begin with a dot; its own files and drafts are no mail
        if maildir and (entry.name == "tmp" or (entry.is_file() and entry.name not in _MAILDIR)):
            continue
        if entry.is_dir():
            if not entry.is_symlink() and (not entry.name.startswith(".") or maildir):
                yield from _folder(Path(entry.path))
        elif not entry.name.startswith("."):
            yield from _file(Path(entry.path))


def _file(path: Path) -> Iterator[Found]:
    try:
        if not path.is_file():
            yield Found(str(path), unreadable="There is no such file." if not path.exists() else "This is no file.")
            return
        with path.open("rb") as source:
            start = source.read(400)
        if start.startswith(b"From ") and _FROM_LINE.match(start.split(b"\n", 1)[0]):
            yield from _mbox(path)
        elif path.stat().st_size > _MOST_BYTES:
            yield Found(str(path), unreadable="The file is larger than any mail.")
        else:
            yield Found(str(path), path.read_bytes())
    except OSError as error:
        yield Found(str(path), unreadable=str(error.strerror))


def _mbox(path: Path) -> Iterator[Found]:
    """The mails of an mbox: each begins with a From line behind an empty one; lines quoted with > are unquoted."""
    lines: list[bytes] = []
    size = number = 0
    blank = True
    with path.open("rb") as source:
        for line in source:
            if blank and line.startswith(b"From ") and _FROM_LINE.match(line):
                if lines:
                    number += 1
                    yield Found(f"{path}#{number}", _unquoted(lines))
                lines, size = [], 0
                blank = False
                continue
            blank = not line.strip()
            size += len(line)
            if size <= _MOST_BYTES:
                lines.append(line)
    if lines:
        yield Found(f"{path}#{number + 1}", _unquoted(lines))


def _unquoted(lines: list[bytes]) -> bytes:
    raw = b"".join(lines)
    raw = (
        raw.removesuffix(b"\r\n")
        if raw.endswith(b"\r\n\r\n")
        else raw.removesuffix(b"\n")
        if raw.endswith(b"\n\n")
        else raw
    )
    return _QUOTED_FROM.sub(rb"\1", raw) if b">From " in raw else raw
