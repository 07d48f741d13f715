"""The bytes and the text of single parts."""

import re
from typing import Final

from headway.intake.email import limits
from headway.intake.email.parse import flowed, transfer, uuencode
from headway.intake.email.parse.charsets import decode
from headway.intake.email.parse.structure import Part, Reading

_META: Final = re.compile(rb"<meta[^>]{1,300}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/=\s]|[A-Za-z0-9] +[A-Za-z0-9]")
_WINDOW: Final = 1024 * 1024
_ALPHABET_ONLY: Final = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


def data_of(reading: Reading, part: Part, most: int = 0) -> bytes:
    """The decoded bytes of a leaf; with `most`, of at most so many encoded bytes."""
    end = min(part.end, part.start + most) if most else part.end
    raw = reading.raw[part.start : end]
    if part.encoding == "uuencode":
        return uuencode.decode_whole(raw)[0]
    return transfer.undo(raw, part.encoding)


def size_of(reading: Reading, part: Part) -> int:
    """How many bytes a leaf decodes to, without holding them."""
    if not part.encoding:
        return part.end - part.start
    if part.encoding != "base64" or part.end - part.start < _WINDOW:
        return len(data_of(reading, part))
    characters = sum(
        len(reading.raw[at : min(part.end, at + _WINDOW)].translate(None, _ALPHABET_ONLY))
        for at in range(part.start, part.end, _WINDOW)
    )
    return characters * 3 // 4


def text_of(reading: Reading, part: Part) -> tuple[str, list[uuencode.Found]]:
    """The text of a leaf with newlines as `\\n`, flowed lines joined, and the uuencoded files that stood in it."""
    if part.end - part.start > limits.TEXT_BYTES:
        reading.note("a text longer than is read")
    data = data_of(reading, part, limits.TEXT_BYTES)
    if part.encoding == "base64" and not _is_base64(reading.raw[part.start : min(part.end, part.start + 4096)]):
        reading.note("a text that is not in base64 as it says")
        data = reading.raw[part.start : min(part.end, part.start + limits.TEXT_BYTES)]
    files: list[uuencode.Found] = []
    if part.type != "text/html":
        data, files = uuencode.extract(data)
    label = part.content_type.get("charset")
    if part.type == "text/html" and not label:
        match = _META.search(data, 0, 4096)
        label = match[1].decode("ascii") if match else ""
    text, honest = decode(data, label)
    if not honest:
        reading.note("a wrong or missing charset")
    text = text.replace("\r\n", "\n").replace("\r", "\n")[: limits.TEXT_CHARACTERS]
    if part.type == "text/plain" and part.content_type.get("format").lower() == "flowed":
        text = flowed.unfold(text, delete_space=part.content_type.get("delsp").lower() == "yes")
    return text, files


def _is_base64(sample: bytes) -> bool:
    """Whether a text part labelled base64 is written in it; programs forget to encode, and spam pretends."""
    odd = len(_NOT_BASE64.findall(sample))
    letters = len(sample) - sample.count(b"\r") - sample.count(b"\n") - sample.count(b" ")
    return odd * 50 <= letters and (len(sample) >= 4096 or letters % 4 != 1 or letters > 80)
