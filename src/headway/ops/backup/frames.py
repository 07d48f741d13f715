"""What is inside the seal: a row of frames, each a kind, a length and its bytes.

manifest (JSON), then for each file `FILE` (its hash) and its `BYTES`, then the `DATABASE` in pg_dump's custom format,
then `END` (JSON, totals).
"""

import struct
from collections.abc import Iterator
from typing import Protocol

from headway.foundation.errors import Invalid

DAMAGED = "The backup is damaged or cut short. Nothing was changed; use another copy."
MANIFEST, FILE, BYTES, DATABASE, END = b"M", b"F", b"B", b"D", b"E"
BLOCK = 256 * 1024
_HEAD = struct.Struct(">cI")


class Sink(Protocol):
    """What frames are written to."""

    def write(self, data: bytes) -> None: ...


class Source(Protocol):
    """What frames are read from: exactly `size` bytes, fewer only at the end."""

    def read(self, size: int) -> bytes: ...


def put(sink: Sink, kind: bytes, payload: bytes) -> None:
    """Writes one frame."""
    sink.write(_HEAD.pack(kind, len(payload)))
    sink.write(payload)


def frames(source: Source) -> Iterator[tuple[bytes, bytes]]:
    """Every frame up to the end of the source: kind and payload."""
    while head := source.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise Invalid(DAMAGED)
        kind, length = _HEAD.unpack(head)
        payload = source.read(length)
        if len(payload) < length:
            raise Invalid(DAMAGED)
        yield kind, payload
