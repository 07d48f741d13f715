"""Bodies read within bounds: providers send whole mails, larger than any form of ours."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http import HttpRequest, UnreadablePostError

from headway.intake.hooks.calls import Reason, Refused

# Postmark's mails of 35 MB come twice in one body: whole, and their files apart
MOST_BYTES: Final = 96 * 1024 * 1024
_LARGE: Final = 4 * 1024 * 1024
_PATIENCE: Final = 20.0  # seconds
_PIECE: Final = 256 * 1024

# one large body at a time in this process: its memory stays bounded, and small ones go on
_one_large: Final = threading.Lock()


class Busy(Exception):
    """Another large body is being read; the provider tries again."""


@contextmanager
def body_of(request: HttpRequest) -> Iterator[bytes]:
    """The whole body, for as long as it is needed. Raises Refused when it is too large or breaks off, and Busy."""
    length = _length(request)
    if length > MOST_BYTES:
        raise Refused(Reason.TOO_LARGE)
    large = length > _LARGE
    if large and not _one_large.acquire(timeout=_PATIENCE):
        raise Busy
    try:
        yield _read(request, length)
    finally:
        if large:
            _one_large.release()


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0").strip()
    # a length with more digits than that is too large whatever it says
    if not text.isascii() or not text.isdigit():
        raise Refused(Reason.UNREADABLE)
    return int(text) if len(text) < 12 else MOST_BYTES + 1


def _read(request: HttpRequest, length: int) -> bytes:
    """Through the request itself: `request.body` is bounded to what forms of people hold."""
    read = bytearray()
    try:
        while len(read) < length and (piece := request.read(min(_PIECE, length - len(read)))):
            read += piece
    except UnreadablePostError as error:
        raise Refused(Reason.UNREADABLE) from error
    if len(read) < length:
        raise Refused(Reason.UNREADABLE)
    return bytes(read)
