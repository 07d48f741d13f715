"""Encoded words in headers (RFC 2047), as they are really written: folded, split inside a character, badly padded."""

import binascii
import re
from typing import Final

from headway.intake.email.parse.charsets import decode, storable

_WORD: Final = re.compile(r"=\?([^?\s]{1,80})\?([BbQq])\?([^?]*)\?=")
_ALPHABET: Final = re.compile(rb"[^A-Za-z0-9+/]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u2028\u2029]+")


def header_text(raw: bytes, hint: str = "") -> str:
    """One header's value as people read it. `hint` is the charset of the mail, for raw eight-bit headers."""
    text = raw_text(raw, hint)
    return clean(decoded(text) if "=?" in text else text)


def raw_text(raw: bytes, hint: str = "") -> str:
    """Header bytes as text, encoded words left as they are."""
    return raw.decode("ascii") if raw.isascii() else decode(raw, hint)[0]


def decoded(text: str) -> str:
    """`text` with its encoded words decoded; neighbours of one charset are joined before decoding."""
    parts: list[str] = []
    pending: list[bytes] = []
    pending_charset = ""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        data = _payload(match[2], match[3])
        charset = match[1].partition("*")[0].lower()
        if pending and (between.strip() or charset != pending_charset):
            parts.append(decode(b"".join(pending), pending_charset)[0])
            pending = []
        if between and (between.strip() or end == 0):
            parts.append(between)
        pending.append(data)
        pending_charset = charset
        end = match.end()
    if pending:
        parts.append(decode(b"".join(pending), pending_charset)[0])
    parts.append(text[end:])
    return storable("".join(parts))


def clean(text: str) -> str:
    """One line without control characters."""
    return storable(_CONTROL.sub(" ", text)).strip()


def _payload(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding in "Qq":
        return binascii.a2b_qp(raw.replace(b"_", b" ").replace(b"\r", b"").replace(b"\n", b""), header=False)
    raw = _ALPHABET.sub(b"", raw)
    if len(raw) % 4 == 1:
        raw = raw[:-1]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
