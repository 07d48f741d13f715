"""Where the lake's files are kept: the port, and the choice between a folder and a bucket."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from headway.foundation import paths


@dataclass(frozen=True, slots=True)
class Found:
    """A file that lies in a place: its name, its bytes, and how many seconds ago it was written."""

    name: str
    size: int
    age: float


class Place(Protocol):
    """Keeps files under names like `key/events/month=2026-11/part.parquet`. A file is there whole or not at all."""

    def put(self, name: str, source: Path) -> None:
        """Stores a copy of a file; when it returns the copy is on stable storage."""

    def local(self, name: str, folder: Path) -> Path:
        """A file of this machine with its content, in `folder` where it has to be brought. FileNotFoundError."""

    def delete(self, name: str) -> None:
        """Removes a file; a missing one is no error."""

    def found(self) -> Iterator[Found]:
        """Every file that lies here."""


def place() -> Place:
    """The one that HEADWAY_LAKE names."""
    return _place(str(settings.HEADWAY.lake))


def is_ours_alone() -> bool:
    """Whether nobody else keeps a lake there: the folder that belongs to this installation."""
    return bool(settings.HEADWAY.lake == str(paths.home() / "lake"))


@lru_cache(maxsize=8)
def _place(address: str) -> Place:
    # imported here: most processes use one of the two, and the S3 client is large
    if address.startswith("s3://"):
        from headway.insight.places.bucket import Bucket

        parts = urlsplit(address)
        return Bucket(bucket=parts.netloc, prefix=parts.path.strip("/"))
    from headway.insight.places.folder import Folder

    return Folder(Path(address))
