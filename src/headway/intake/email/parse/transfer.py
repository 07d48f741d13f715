"""Transfer encodings undone: base64, quoted-printable and their misspellings, in linear time, never failing."""

import binascii
import io
import re
from typing import BinaryIO, Final, Protocol

_NOT_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_PADDING: Final = re.compile(rb"=+")
_IDENTITY: Final = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "plain", "us-ascii", "ascii", "utf-8"}
_PIECE: Final = 1024 * 1024
_UUENCODE: Final = {"x-uuencode", "uuencode", "x-uue", "uue"}


def encoding_of(label: str) -> tuple[str, bool]:
    """("base64" | "quoted-printable" | "uuencode" | "", whether the label is a known one)."""
    name = label.strip().strip("\"'").partition(";")[0].strip().lower()
    if name in _IDENTITY:
        return "", True
    if name.startswith("base64") or name in ("base-64", "b"):
        return "base64", True
    if name.startswith(("quoted-print", "quoted print", "quotedprint")) or name in ("qp", "q"):
        return "quoted-printable", True
    if name in _UUENCODE:
        return "uuencode", True
    return "", name.startswith(("7", "8"))


class Data(Protocol):
    """Bytes in memory, or a part of a file that is read piece by piece."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes | memoryview: ...

    def __bytes__(self) -> bytes: ...


def undo(data: Data, encoding: str) -> bytes:
    """The decoded bytes; what is not of the encoding is skipped."""
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(bytes(data))
    return bytes(data)


def undo_into(data: Data, encoding: str, sink: BinaryIO) -> None:
    """Writes what `undo` returns to the beginning of an empty file, holding little of it where the encoding allows."""
    if encoding == "base64" and _in_pieces(data, sink):
        return
    sink.seek(0)
    sink.truncate()
    if encoding:
        sink.write(undo(data, encoding))
        return
    sink.writelines(data[start : start + _PIECE] for start in range(0, len(data), _PIECE))


def base64(data: Data) -> bytes:
    """Base64 with anything between its characters, wrong padding, or several encodings one after another."""
    found = io.BytesIO()
    if len(data) > _PIECE and _in_pieces(data, found):
        return found.getvalue()
    kept = bytes(data).translate(None, _NOT_BASE64)
    at = kept.find(b"=")
    if at < 0 or not kept[at:].strip(b"="):
        return _run(kept[:at] if at >= 0 else kept)
    return b"".join(_run(piece) for piece in _PADDING.split(kept) if piece)


def _in_pieces(data: Data, found: BinaryIO) -> bool:
    """One long encoding, written with nothing of it held twice; False when several stand one after another."""
    rest = b""
    for start in range(0, len(data), _PIECE):
        kept = rest + bytes(data[start : start + _PIECE]).translate(None, _NOT_BASE64)
        at = kept.find(b"=")
        if at >= 0:
            after = bytes(data[start + _PIECE :]).translate(None, _NOT_BASE64)
            if (kept[at:] + after).strip(b"="):
                return False
            found.write(_run(kept[:at]))
            return True
        whole = len(kept) - len(kept) % 4
        found.write(binascii.a2b_base64(kept[:whole]))
        rest = kept[whole:]
    found.write(_run(rest))
    return True


def _run(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))
