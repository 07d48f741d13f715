"""Form bodies taken apart with every byte kept: mails in them are in charsets of their own."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from headway.intake.hooks.calls import Reason, Refused

_MOST_FIELDS: Final = 200
_MOST_NAME: Final = 200
_MOST_HEADERS: Final = 8_000
_BOUNDARY: Final = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAME: Final = re.compile(rb'content-disposition:[^\r\n]*?;[ \t]*name="([^"\r\n]*)"', re.IGNORECASE)


def fields(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a form by name, the first of several with one name. Raises Refused for what is no form."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(body)
    if kind == "multipart/form-data" and (match := _BOUNDARY.search(content_type)):
        return _multipart(body, (match[1] or match[2]).encode("latin-1", "replace"))
    raise Refused(Reason.UNREADABLE)


def _urlencoded(body: bytes) -> dict[str, bytes]:
    if body.count(b"&") >= _MOST_FIELDS:
        raise Refused(Reason.UNREADABLE)
    found: dict[str, bytes] = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        if name and len(name) <= _MOST_NAME:
            found.setdefault(_text(unquote_to_bytes(name)), unquote_to_bytes(value.replace(b"+", b" ")))
    return found


def _multipart(body: bytes, boundary: bytes) -> dict[str, bytes]:
    """RFC 7578: parts between delimiter lines, their bytes as they are. What stands after the last one is left out."""
    delimiter = b"\r\n--" + boundary
    at = 0 if body.startswith(delimiter[2:]) else body.find(delimiter)
    if at < 0:
        raise Refused(Reason.UNREADABLE)
    at += len(delimiter) if body.startswith(b"\r\n", at) else len(delimiter) - 2
    found: dict[str, bytes] = {}
    for _number in range(_MOST_FIELDS):
        if body.startswith(b"--", at):
            return found
        start = body.find(b"\r\n", at, at + 100)
        # without headers the blank line follows at once
        blank = body.find(b"\r\n\r\n", start, start + _MOST_HEADERS) if start >= 0 else -1
        end = body.find(delimiter, blank + 2) if blank >= 0 else -1
        if end < 0:
            raise Refused(Reason.UNREADABLE)
        if name := _NAME.search(body, start, blank):
            found.setdefault(_text(name[1][:_MOST_NAME]), body[blank + 4 : end] if end >= blank + 4 else b"")
        at = end + len(delimiter)
    raise Refused(Reason.UNREADABLE)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
