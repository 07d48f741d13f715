"""Immutable files by the hash of their content: attachments, raw mails, logos.

Bytes are on stable storage before the row that names them commits, so a row never points at nothing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from headway.foundation.files.store import Store, store

__all__ = [
    "Blob", "Store", "blob_of", "delete", "exists", "hashes", "open_blob", "put", "put_many", "put_stream", "read",
    "tidy",
]  # fmt: skip


_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored file: SHA-256 in lower-case hex, size in bytes."""

    sha256: str
    size: int


def blob_of(data: bytes) -> Blob:
    """The name and size `data` would be stored under."""
    return Blob(hashlib.sha256(data).hexdigest(), len(data))


def put(data: bytes) -> Blob:
    """Stores `data` and returns when it is safe. Storing the same bytes twice costs nothing."""
    return put_many([data])[0]


def put_many(contents: Sequence[bytes]) -> list[Blob]:
    """Stores all, with one wait for the disk where the store allows it. Same order as given."""
    blobs = [blob_of(data) for data in contents]
    contained: dict[str, bytes | BinaryIO] = {blob.sha256: data for blob, data in zip(blobs, contents, strict=True)}
    store().put(contained)
    return blobs


def put_stream(stream: BinaryIO) -> Blob:
    """Stores what a stream holds from its beginning, piece by piece, and returns when it is safe."""
    stream.seek(0)
    seen, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        seen.update(piece)
        size += len(piece)
    stream.seek(0)
    store().put({seen.hexdigest(): stream})
    return Blob(seen.hexdigest(), size)


def open_blob(sha256: str) -> BinaryIO:
    """The file as a stream. Raises FileNotFoundError when it is missing."""
    return store().open(sha256)


def read(sha256: str) -> bytes:
    """The whole file. Raises FileNotFoundError when it is missing."""
    with open_blob(sha256) as stream:
        return stream.read()


def exists(sha256: str) -> bool:
    """Whether the file is in the store."""
    return store().exists(sha256)


def delete(sha256: str) -> None:
    """Removes the file; a missing one is no error. Only when no row names it any more."""
    store().delete(sha256)


def hashes() -> Iterator[str]:
    """Every file in the store, in no order."""
    return store().hashes()


def tidy() -> None:
    """Removes what a crash left half written an hour ago or earlier."""
    store().tidy()
