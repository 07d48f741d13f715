"""What may be a logo: whole PNGs and JPEGs, and nothing with anything behind it."""

import struct
import zlib

import pytest

from headway.people.rules.pictures import LARGEST, Picture, picture_of

# the smallest JPEG there is: a start, a frame of 3 by 2, a scan, an end
JPEG = bytes.fromhex("ffd8ffc0000b080002000301011100ffda000801010000003f00d2cf20ffd9")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 4, height: int = 3, more: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + more + chunk(b"IEND", b"")


def test_whole_pictures_are_known() -> None:
    assert picture_of(png()) == Picture("image/png", 4, 3)
    assert picture_of(JPEG) == Picture("image/jpeg", 3, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a\x01\x00\x01\x00", png()[:-3], png() + b"<script>",
        png()[:20] + b"\xff" + png()[21:], png(0, 3), png(2001, 3), JPEG[:-2], JPEG + b"PK", b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + b"\xff\xe0\x00\x00" * 9 + b"\xff\xd9", png(more=chunk(b"tEXt", b"x" * LARGEST)),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"x" * 13) + chunk(b"IEND", b""),
    ],
)  # fmt: skip
def test_everything_else_is_refused(data: bytes) -> None:
    assert picture_of(data) is None


def test_no_cut_is_taken_for_a_picture() -> None:
    for whole in (png(), JPEG):
        assert all(picture_of(whole[:end]) is None for end in range(len(whole)))
