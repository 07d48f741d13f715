"""What a logo may be: a PNG or a JPEG that is whole, and nothing beside it. Read by hand, decoded by nobody here."""

import struct
import zlib
from dataclasses import dataclass

LARGEST = 200_000  # bytes
WIDEST = 2000  # pixels, either way

_PNG = b"\x89PNG\r\n\x1a\n"
# of a JPEG: the start of a frame, but for tables (C4), extensions (C8) and arithmetic coding (CC)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's media type and its size in pixels."""

    media_type: str
    width: int
    height: int


def picture_of(data: bytes) -> Picture | None:
    """What the bytes are, or None: of another kind, cut off, larger than allowed, or with something behind."""
    if len(data) > LARGEST:
        return None
    found = _png(data) if data.startswith(_PNG) else _jpeg(data) if data.startswith(b"\xff\xd8") else None
    if found is None or not (0 < found.width <= WIDEST and 0 < found.height <= WIDEST):
        return None
    return found


def _png(data: bytes) -> Picture | None:
    """Every chunk whole by its own sum, from the header to the end."""
    at, found, body = len(_PNG), None, False
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            return None
        if found is None:
            if kind != b"IHDR" or length != 13:
                return None
            found = Picture("image/png", *struct.unpack_from(">II", data, at + 8))
        body = body or kind == b"IDAT"
        if kind == b"IEND":
            return found if body and end == len(data) else None
        at = end
    return None


def _jpeg(data: bytes) -> Picture | None:
    """Its segments up to the scan, which the end of the file ends."""
    if not data.endswith(b"\xff\xd9"):
        return None
    at, found = 2, None
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, (length,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        if marker == 0xDA:
            return found
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
            found = Picture("image/jpeg", width, height)
        at += 2 + max(length, 2)
    return None
