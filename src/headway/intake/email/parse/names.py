"""File names that are safe to show and store."""

import mimetypes
import re
from typing import Final

from headway.intake.email import limits
from headway.intake.email.parse.charsets import storable

_BAD: Final = re.compile('[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\\\:*?"<>|]+')
_FIRST: Final = {
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpeg": ".jpg",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "text/calendar": ".ics",
    "application/pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "text/rfc822-headers": ".txt",
    "message/delivery-status": ".txt",
    "message/feedback-report": ".txt",
}


def file_name(written: str, content_type: str, number: int) -> str:
    """The name to show for a file: as written without folders and control characters, else made from its type."""
    name = written.replace("\\", "/").rpartition("/")[2] or written
    name = _BAD.sub("_", storable(name)).strip(" ._") if name.strip(" ./\\") else ""
    if name:
        return _shortened(name)
    ending = _FIRST.get(content_type) or mimetypes.guess_extension(content_type, strict=False) or ""
    kind = content_type.partition("/")[0]
    stem = {"message": "message", "image": "image", "text": "text"}.get(kind, "attachment")
    return f"{stem}-{number}{ending}"


def _shortened(name: str) -> str:
    if len(name) <= limits.NAME_CHARACTERS:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[: limits.NAME_CHARACTERS]
    return stem[: limits.NAME_CHARACTERS - len(ending) - 1] + "." + ending


def type_of(name: str) -> str:
    """The media type a file name stands for."""
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"
