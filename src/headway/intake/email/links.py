"""Files too large for a mail: links to them that say themselves what they open and until when, without a table."""

import base64
import binascii
import hmac
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings

from headway.foundation import keys
from headway.tickets.models import Message, MessageFile

_PAYLOAD: Final = struct.Struct(">QQ")
_MAC: Final = 16
_LONGEST: Final = 64
# base64 with its line ends takes so much more room than the file
_GROWTH: Final = 1.37


@dataclass(frozen=True, slots=True)
class Link:
    """A file of a message, and until when it may be fetched."""

    file_id: int
    expires_at: datetime


def divided(files: Iterable[MessageFile], *, most_bytes: int) -> tuple[list[MessageFile], list[MessageFile]]:
    """The files that go along in a mail of at most `most_bytes`, and those that have to be linked to, in order."""
    along: list[MessageFile] = []
    linked: list[MessageFile] = []
    left = float(most_bytes)
    for file in files:
        if file.size * _GROWTH <= left:
            left -= file.size * _GROWTH
            along.append(file)
        else:
            linked.append(file)
    return along, linked


def expiry(message: Message, *, days: int) -> datetime:
    """Until when the links of a message are good: the same at every attempt to send it."""
    return (message.at + timedelta(days=days)).replace(microsecond=0)


def addresses(files: Sequence[MessageFile], *, until: datetime) -> list[tuple[MessageFile, str]]:
    """Each file with the address where its reader fetches it."""
    return [(file, f"{settings.HEADWAY.public_url}/files/{make(file.pk, until)}") for file in files]


def make(file_id: int, until: datetime) -> str:
    """The signed end of an address."""
    payload = _PAYLOAD.pack(file_id, int(until.timestamp()))
    return base64.urlsafe_b64encode(payload + _mac(payload)).decode().rstrip("=")


def read(token: str) -> Link | None:
    """What a token opens, None when it was not made by this installation. Whether it has expired, the caller asks."""
    if len(token) > _LONGEST:
        return None
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        return None
    payload, mac = data[: _PAYLOAD.size], data[_PAYLOAD.size :]
    if len(payload) != _PAYLOAD.size or not hmac.compare_digest(mac, _mac(payload)):
        return None
    file_id, until = _PAYLOAD.unpack(payload)
    return Link(file_id, datetime.fromtimestamp(until, tz=UTC))


def file_of(link: Link) -> MessageFile | None:
    """The file a link opens, None when it or its message is gone or was taken back. One query."""
    rows = MessageFile.objects.filter(pk=link.file_id, message__direction="out", message__withdrawn_at__isnull=True)
    return rows.first()


def _mac(payload: bytes) -> bytes:
    return hmac.digest(keys.derive("intake.file-link"), payload, "sha256")[:_MAC]
