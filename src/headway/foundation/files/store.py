"""The port for file stores, and the choice between them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from django.conf import settings


class Store(Protocol):
    """Keeps bytes by their SHA-256."""

    def put(self, contents: Mapping[str, bytes | BinaryIO]) -> None:
        """Stores every file, streams from where they stand; when it returns all are on stable storage."""

    def open(self, sha256: str) -> BinaryIO:
        """A readable stream. Raises FileNotFoundError."""

    def exists(self, sha256: str) -> bool:
        """Whether the file is there."""

    def delete(self, sha256: str) -> None:
        """Removes the file; a missing one is no error."""

    def hashes(self) -> Iterator[str]:
        """Every stored file's hash."""

    def tidy(self) -> None:
        """Removes what a crash left half written an hour ago or earlier."""


def store() -> Store:
    """The store that HEADWAY_FILES names: a folder, or s3://bucket/prefix."""
    return _store(str(settings.HEADWAY.files))


@lru_cache(maxsize=8)
def _store(address: str) -> Store:
    # imported here: most processes use one of the two, and the S3 client is large
    if address.startswith("s3://"):
        from headway.foundation.files.s3 import S3Store

        parts = urlsplit(address)
        return S3Store(bucket=parts.netloc, prefix=parts.path.strip("/"))
    from headway.foundation.files.disk import DiskStore

    return DiskStore(Path(address))
