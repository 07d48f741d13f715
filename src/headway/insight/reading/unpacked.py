"""Files as they are or gzipped, read the same way; and their paths within SQL."""

import gzip
from pathlib import Path
from typing import IO, Final, cast

LONGEST: Final = 2 * 1024 * 1024  # bytes of a line; the engine sets sixteen times as much aside
_GZIP = b"\x1f\x8b"


def opened(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked when it is gzipped."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path, "rb") if packed else path.open("rb"))


def head(path: Path) -> bytes:
    """The first 4 kB, unpacked; nothing of a folder."""
    if path.is_dir():
        return b""
    with opened(path) as file:
        return file.read(4096)


def quoted(path: Path) -> str:
    """A path as it stands within an SQL string."""
    return str(path).replace("'", "''")
