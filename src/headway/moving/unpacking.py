"""What was uploaded packed: unpacked within bounds, and nowhere but into its folder."""

import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Final

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.insight.reading.unpacked import opened
from headway.moving.tarred import Stretch

_PIECE: Final = 1 << 20
_MOST_FILES: Final = 500_000
_MOST_TIMES: Final = 60  # an archive of text is seldom a twentieth of what is in it
_ALWAYS: Final = 1 << 30  # bytes that any archive may hold
_SHEETS: Final = (".xlsx", ".xlsm", ".ods", ".numbers")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_MAILDIR: Final = ("cur", "new")


def unpacked(whole: Path, folder: Path) -> Path:
    """The folder that an archive becomes; what is none stays as it is. Raises Invalid: damaged, or without bounds."""
    unpack = _kind(whole)
    if unpack is None:
        return whole
    folder.mkdir()
    try:
        unpack(whole, folder, Room(max(whole.stat().st_size * _MOST_TIMES, _ALWAYS)))
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Invalid(_("The archive is damaged. Upload it again.")) from error
    for name, other in (_MAILDIR, _MAILDIR[::-1]):
        # a Maildir is known by both, and packers leave out what is empty
        for found in [one for one in folder.rglob(name) if one.is_dir()]:
            (found.parent / other).mkdir(exist_ok=True)
    # packed as a folder, the export is that folder
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


class Room:
    """What an archive may still unpack to."""

    def __init__(self, bytes_: int) -> None:
        self._bytes, self._files = bytes_, _MOST_FILES

    def take(self, bytes_: int, files: int = 0) -> None:
        """Raises Invalid when there is no room left."""
        self._bytes -= bytes_
        self._files -= files
        self.want(0)

    def want(self, bytes_: int) -> None:
        """Raises Invalid when there is no room for so many more."""
        if self._bytes < bytes_ or self._files < 0:
            raise Invalid(_("The archive holds more than an export does. Unpack it, and upload its files."))


def _kind(whole: Path) -> Callable[[Path, Path, Room], None] | None:
    try:
        with opened(whole) as file:
            head = file.read(512)
    except (OSError, EOFError, zlib.error):
        return None  # whoever reads it says what is wrong
    if head[257:262] == b"ustar":
        return _tar
    with whole.open("rb") as file:
        if head.startswith(b"From ") and file.read(5) != b"From ":
            return _mbox
    if whole.name.lower().endswith(_SHEETS):
        return None  # packed too, and not to be unpacked
    return _zip if zipfile.is_zipfile(whole) or head.startswith(b"PK\x03\x04") else None


def _zip(whole: Path, folder: Path, room: Room) -> None:
    with zipfile.ZipFile(whole) as archive:
        entries = archive.infolist()
        room.take(0, len(entries))
        room.want(sum(entry.file_size for entry in entries))
        if any(entry.flag_bits & 1 for entry in entries):
            raise Invalid(_("The archive wants a password. Pack it without one."))
        for entry in entries:
            target = _place(folder, entry.filename)
            if target is None:
                continue
            if entry.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            with archive.open(entry) as packed:
                _write(packed, target, room)


def _tar(whole: Path, folder: Path, room: Room) -> None:
    with opened(whole) as stream:
        stretch = Stretch(stream, room.take)
        with tarfile.open(fileobj=stretch, mode="r:") as archive:  # type: ignore[call-overload]  # what it uses is there
            while (entry := archive.next()) is not None:
                archive.members.clear()  # it would keep each of them
                room.take(0, 1)
                target = _place(folder, entry.name)
                # links and devices lead elsewhere
                if target is not None and entry.isdir():
                    target.mkdir(parents=True, exist_ok=True)
                elif target is not None and entry.isreg() and (packed := archive.extractfile(entry)):
                    with stretch.content():
                        _write(packed, target, room)
                stretch.heading()
    if not stretch.ended:
        raise EOFError


def _mbox(whole: Path, folder: Path, room: Room) -> None:
    with opened(whole) as packed:
        _write(packed, folder / (whole.name.removesuffix(".gz") or "mbox"), room)


def _place(folder: Path, name: str) -> Path | None:
    """Where a file of an archive belongs; None where its name leads out of the folder."""
    inner = PurePosixPath(name.replace("\\", "/"))
    parts = inner.parts
    if not parts or inner.is_absolute() or ".." in parts or parts[0] == "__MACOSX" or _DRIVE.match(parts[0]):
        return None
    return folder.joinpath(*parts)


def _write(packed: IO[bytes], target: Path, room: Room) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        while piece := packed.read(_PIECE):
            room.take(len(piece))
            file.write(piece)
