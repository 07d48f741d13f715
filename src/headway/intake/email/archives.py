"""Where old mail lies: single files, folders of them, Maildir, mbox. Raw mails one by one, with a name for reports."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
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
_MOST_BYTES: Final = 160 * 1024 * 1024  # of one mail: more than any provider carries
_LOOKED_AT: Final = 500  # files of a folder, until one is known as mail
_PIECE: Final = 1024 * 1024
_TOO_LARGE: Final = "It is larger than any mail."


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


def holds(path: Path) -> bool:
    """Whether old mail lies here: an mbox, a Maildir, or files named .eml. One of a folder is enough."""
    files = [path] if path.is_file() else islice((one for one in path.rglob("*") if one.is_file()), _LOOKED_AT)
    return any(_is_named_or_mbox(file) for file in files)


def _is_named_or_mbox(file: Path) -> bool:
    with file.open("rb") as source:
        start = source.read(400)
    by_name = file.name.lower().endswith(".eml") or file.parent.name in _MAILDIR
    return _begins_mbox(start) or (by_name and looks_like_mail(start))


def _begins_mbox(start: bytes) -> bool:
    return start.startswith(b"From ") and bool(_FROM_LINE.match(start.split(b"\n", 1)[0]))


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
        if _begins_mbox(start):
            yield from _mbox(path)
        elif path.stat().st_size > _MOST_BYTES:
            yield Found(str(path), unreadable=_TOO_LARGE)
        else:
            yield Found(str(path), path.read_bytes())
    except OSError as error:
        yield Found(str(path), unreadable=str(error.strerror))


def _mbox(path: Path) -> Iterator[Found]:
    """The mails of an mbox: each begins with a From line behind an empty one; lines quoted with > are unquoted."""
    mail = bytearray()
    number = size = 0
    blank = begins = True  # behind an empty line; at the beginning of a line
    with path.open("rb") as source:
        # by pieces: a file without an end of line is no mbox, and must not fill the memory
        while line := source.readline(_PIECE):
            if begins and blank and line.startswith(b"From ") and _FROM_LINE.match(line):
                if size:
                    number += 1
                    yield _of_mbox(path, number, mail, size)
                mail, size, blank = bytearray(), 0, False
                continue
            if begins:
                blank = not line.strip()
            begins = line.endswith(b"\n")
            size += len(line)
            if size <= _MOST_BYTES:
                mail += line
    if size:
        yield _of_mbox(path, number + 1, mail, size)


def _of_mbox(path: Path, number: int, mail: bytearray, size: int) -> Found:
    name = f"{path}#{number}"
    return Found(name, _unquoted(mail)) if size <= _MOST_BYTES else Found(name, unreadable=_TOO_LARGE)


def _unquoted(mail: bytearray) -> bytes:
    ending = b"\r\n" if mail.endswith(b"\r\n\r\n") else b"\n" if mail.endswith(b"\n\n") else b""
    if ending:
        del mail[-len(ending) :]
    raw = bytes(mail)
    mail.clear()
    return _QUOTED_FROM.sub(rb"\1", raw) if b">From " in raw else raw
