"""Pictures that a customer's mail leaves on other servers: fetched by us when a reader asks, never by their browser."""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import BoundedSemaphore
from typing import Final

from django.core import signing
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from headway.foundation import media, outward
from headway.foundation.errors import Invalid, NotFound
from headway.intake.email.html import remote
from headway.people.models import Agent
from headway.tickets.models import Message
from headway.tickets.queries import message_for
from headway.web.desk.door import DeskRequest, desk

_LARGEST: Final = 5_000_000
_SECONDS: Final = 8.0
_HOURS: Final = 12 * 3600
_SALT: Final = "desk.images"
# Each takes one of the web process's threads while it comes in: slow servers must leave the desk some.
_AT_ONCE: Final = BoundedSemaphore(3)
# what a picture's server learns of us
_HEADERS: Final = {"accept": "image/webp,image/png,image/jpeg,image/gif", "user-agent": "Mozilla/5.0 (compatible)"}


def asked(person: Agent, message: Message) -> str:
    """What addresses of a message's pictures carry once this reader asked for them: it opens nothing else."""
    return signing.dumps([person.pk, message.pk], salt=_SALT)


def has_asked(person: Agent, message: Message, written: str | None) -> bool:
    """Whether this reader asked for the pictures of this message, today."""
    try:
        return bool(signing.loads(written or "", salt=_SALT, max_age=_HOURS) == [person.pk, message.pk])
    except signing.BadSignature:
        return False


@desk()
def image(request: DeskRequest, message_id: int, number: int) -> HttpResponseBase:
    """A picture of a mail, passed on as it comes in: by its bytes a PNG, JPEG, GIF or WebP, and of at most 5 MB."""
    message = message_for(request.user, message_id)
    found = remote.remotes(message.html)[: remote.MOST]
    if not has_asked(request.user, message, request.GET.get("asked")):
        raise Invalid(_("Ask for the images of this message first."))
    if number >= len(found) or found[number].pixel:
        raise NotFound(_("There is no such image."))
    if not _AT_ONCE.acquire(blocking=False):
        return HttpResponse(status=429, headers={"Retry-After": "1"})
    with ExitStack() as kept:
        kept.callback(_AT_ONCE.release)
        try:
            coming = kept.enter_context(
                outward.stream("GET", found[number].address, headers=_HEADERS, timeout=_SECONDS, public=True)
            )
            pieces = coming.pieces(_LARGEST)
            first = next(pieces, b"")
            while len(first) < media.ENOUGH and (more := next(pieces, b"")):
                first += more
        except OSError:
            return HttpResponse(status=404)
        kind = media.picture_type(first) if coming.status == 200 else ""
        if not kind:
            return HttpResponse(status=404)
        response = StreamingHttpResponse(_Passing(first, pieces, kept.pop_all()), content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, max-age=3600"
    return response


class _Passing:
    """The pieces of a picture. Closed, it lets go of the line and of its place, whether it was read or not."""

    def __init__(self, first: bytes, pieces: Iterator[bytes], kept: ExitStack) -> None:
        self._first, self._pieces, self._kept = first, pieces, kept

    def __iter__(self) -> Iterator[bytes]:
        yield self._first
        try:
            yield from self._pieces
        except OSError:
            return  # what is there of it is shown

    def close(self) -> None:
        self._kept.close()
