"""Opening a backup, and checking one without touching anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headway.foundation.errors import Invalid, NotFound
from headway.ops.backup import frames, sealed
from headway.ops.backup.frames import DAMAGED
from headway.ops.backup.progress import Progress

__all__ = ["DAMAGED", "Contents", "header", "inspect", "opened"]


@dataclass
class Contents:
    """What a backup brought back, or would. A restored workspace is always held."""

    file: str
    made_at: str
    version: str
    files: int = 0
    database_bytes: int = 0
    migrations: int = 0
    held: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def header(path: Path) -> dict[str, Any]:
    """What a backup says about itself before it is unlocked. Raises NotFound, or Invalid when it is none."""
    try:
        with path.open("rb") as stream:
            return sealed.Reader(stream).header
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None


@contextmanager
def opened(path: Path, master: bytes) -> Iterator[tuple[dict[str, Any], Iterator[tuple[bytes, bytes]]]]:
    """The backup's header and its frames. Raises Invalid when the key is another."""
    with path.open("rb") as stream:
        reader = sealed.Reader(stream)
        reader.unlock(master)
        yield reader.header, frames.frames(reader)


def inspect(path: Path, *, master: bytes, progress: Progress) -> Contents:
    """Reads and checks every byte. Raises Invalid when one is wrong."""
    with opened(path, master) as (described, contents):
        found = Contents(str(path), described["made_at"], described["version"])
        kind = b""
        for kind, payload in contents:
            if kind == frames.FILE:
                found.files += 1
                progress("files", found.files)
            elif kind == frames.DATABASE:
                found.database_bytes += len(payload)
                progress("database", found.database_bytes)
    if kind != frames.END:
        raise Invalid(DAMAGED)
    return found
