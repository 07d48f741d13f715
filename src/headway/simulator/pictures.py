"""Pictures that customers attach: a receipt, a label, a screen. Drawn here, so that nothing is fetched."""

import struct
import zlib

from headway.simulator.chance import Dice

WIDTH, HEIGHT = 240, 320
PAPER, INK, FAINT = 250, 60, 190


def receipt() -> bytes:
    """A till receipt: a heading, lines of text, a total. PNG."""
    return _lined("receipt", first=30, step=14, total=True)


def label() -> bytes:
    """A parcel label: bars and an address. PNG."""
    dice = Dice("label")
    rows = [bytearray([PAPER] * WIDTH) for _ in range(HEIGHT)]
    _text(rows, dice, top=30, lines=4, step=16)
    x = 24
    while x < WIDTH - 30:
        bar = dice.whole(1, 5)
        _fill(rows, x, 140, bar, 90, INK)
        x += bar + dice.whole(2, 5)
    _text(rows, dice, top=250, lines=3, step=16)
    return _png(rows)


def screen() -> bytes:
    """A screen with a table of log lines. PNG."""
    return _lined("screen", first=60, step=18, total=False)


def _lined(name: str, *, first: int, step: int, total: bool) -> bytes:
    dice = Dice(name)
    rows = [bytearray([PAPER] * WIDTH) for _ in range(HEIGHT)]
    _fill(rows, 0, 0, WIDTH, 18 if total else 40, FAINT)
    _text(rows, dice, top=first, lines=(HEIGHT - first - 60) // step, step=step)
    if total:
        _fill(rows, 130, HEIGHT - 44, 86, 10, INK)
    return _png(rows)


def _text(rows: list[bytearray], dice: Dice, *, top: int, lines: int, step: int) -> None:
    for line in range(lines):
        x, end = 22, 60 + dice.whole(40, 160)
        while x < end:
            word = dice.whole(8, 26)
            _fill(rows, x, top + line * step, min(word, WIDTH - 22 - x), 5, INK + 40)
            x += word + 6


def _fill(rows: list[bytearray], left: int, top: int, width: int, height: int, shade: int) -> None:
    for row in rows[top : top + height]:
        row[left : left + max(width, 0)] = bytes([shade]) * max(width, 0)


def _png(rows: list[bytearray]) -> bytes:
    """Grey, eight bits a point (PNG, RFC 2083)."""
    raw = b"".join(b"\x00" + bytes(row) for row in rows)
    header = struct.pack(">IIBBBBB", WIDTH, len(rows), 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
