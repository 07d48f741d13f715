"""A sealed stream: a readable, authenticated header, then encrypted chunks.

AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): each chunk's nonce is its number and
whether it is the last, so that chunks cannot be changed, swapped, or cut off unnoticed. The key is derived from the
master key and a salt of this file's own, so no nonce is ever used twice with a key. The header is authenticated with
every chunk.
"""

import json
import struct
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from headway.foundation import keys
from headway.foundation.errors import Invalid

MAGIC = b"HEADWAY-BACKUP\n"
FORMAT = 1
_CHUNK = 1024 * 1024
_TAG = 16
_HEADER_LIMIT = 64 * 1024


def key_id(master: bytes) -> str:
    """A mark of a master key that does not reveal it: tells a wrong key from a damaged file."""
    return keys.derive("backup/key-id", 8, key=master).hex()


class Writer:
    """Seals what is written into `stream`. Without `close` the file is unreadable."""

    def __init__(self, stream: BinaryIO, header: dict[str, Any], *, master: bytes, salt: bytes) -> None:
        described = {"format": FORMAT, **header, "key_id": key_id(master), "salt": salt.hex(), "chunk": _CHUNK}
        self._header = json.dumps(described, ensure_ascii=False).encode()
        self._cipher = AESGCM(keys.derive(f"backup/{salt.hex()}", key=master))
        self._stream = stream
        self._rest = bytearray()
        self._number = 0
        stream.write(MAGIC + struct.pack(">I", len(self._header)) + self._header)

    def write(self, data: bytes) -> None:
        self._rest += data
        # the last chunk is known only at the end, so a full one waits until more comes
        while len(self._rest) > _CHUNK:
            self._seal(bytes(self._rest[:_CHUNK]), last=False)
            del self._rest[:_CHUNK]

    def close(self) -> None:
        self._seal(bytes(self._rest), last=True)
        self._rest.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._stream.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._header))
        self._number += 1


class Reader:
    """Opens what Writer sealed. Raises Invalid when the file is no backup, the key is another, or a byte differs."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        if stream.read(len(MAGIC)) != MAGIC:
            raise Invalid("This file is not a Headway backup.")
        (length,) = struct.unpack(">I", stream.read(4).ljust(4, b"\0"))
        self._header = stream.read(min(length, _HEADER_LIMIT))
        try:
            self.header: dict[str, Any] = json.loads(self._header)
            self._salt, self._chunk = str(self.header["salt"]), int(self.header["chunk"])
        except (ValueError, KeyError) as error:
            raise Invalid("The backup's header is damaged.") from error
        if self.header.get("format") != FORMAT:
            raise Invalid("This backup was made by a newer Headway. Update this one first.")

    def unlock(self, master: bytes) -> None:
        """Takes the master key. Raises Invalid, saying where the right one is, when it is another."""
        if key_id(master) != self.header["key_id"]:
            raise Invalid(
                "This backup was made with another master key. "
                f"Give the one it was made with: {self.header['key_at']} on {self.header['host']}."
            )
        self._cipher = AESGCM(keys.derive(f"backup/{self._salt}", key=master))
        self._number = 0
        self._plain = bytearray()
        self._next = self._stream.read(self._chunk + _TAG)

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, fewer only at the end."""
        while len(self._plain) < size and self._next:
            sealed, self._next = self._next, self._stream.read(self._chunk + _TAG)
            try:
                self._plain += self._cipher.decrypt(_nonce(self._number, last=not self._next), sealed, self._header)
            except InvalidTag as error:
                raise Invalid("The backup is damaged or cut short. Nothing was changed; use another copy.") from error
            self._number += 1
        found = bytes(self._plain[:size])
        del self._plain[:size]
        return found


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
