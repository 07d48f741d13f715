"""Signed tokens in reply addresses: which ticket a mail belongs to and to whom we had written."""

import base64
import binascii
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MAC_BYTES: Final = 10
# a ticket's own, and a side conversation's: signed apart, so that neither opens the other
_TICKET: Final = "t"
_SIDE: Final = "s"
_TOKEN: Final = re.compile(rf"([{_TICKET}{_SIDE}])([a-z2-7]{{20,48}})")
_SUBJECT: Final = re.compile(r"\[(?:#|ticket\s?#?|case\s?#?)(\d{1,18})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A verified token: the ticket, and the recipient's identity to whom the address was given.

    A side conversation's number is negative, as it is in the rules of threading; its recipient is a place in its list.
    """

    ticket_id: int
    recipient_id: int


def make(key: bytes, ticket_id: int, recipient_id: int) -> str:
    """The token for one ticket and one recipient: lower-case letters and digits only, as mail servers fold case."""
    letter = _SIDE if ticket_id < 0 else _TICKET
    payload = _number(abs(ticket_id)) + _number(recipient_id)
    return letter + base64.b32encode(payload + _mac(key, letter, payload)).decode("ascii").rstrip("=").lower()


def address(mailbox: str, token: str) -> str:
    """The plus-address of a mailbox that carries the token."""
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{token}@{domain}"


def verify(key: bytes, token: str) -> Token | None:
    """What the token says, None when it is not ours."""
    match = _TOKEN.fullmatch(token.lower())
    if not match:
        return None
    try:
        data = base64.b32decode(match[2].upper() + "=" * (-len(match[2]) % 8))
    except (binascii.Error, ValueError):
        return None
    payload, mac = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, match[1], payload)):
        return None
    ticket_id, rest = _read_number(payload)
    recipient_id, rest = _read_number(rest)
    if rest:
        return None
    return Token(-ticket_id if match[1] == _SIDE else ticket_id, recipient_id)


def first(key: bytes, addresses: Iterable[str]) -> Token | None:
    """The first valid token among the plus-parts of addresses."""
    for one in addresses:
        local = one.rpartition("@")[0]
        _, plus, part = local.partition("+")
        found = verify(key, part) if plus else None
        if found is not None:
            return found
    return None


def subject_ticket(subject: str) -> int | None:
    """The ticket number written into a subject, such as [#123]; anybody can write one, so it proves nothing."""
    match = _SUBJECT.search(subject)
    return int(match[1]) if match else None


def _mac(key: bytes, letter: str, payload: bytes) -> bytes:
    purpose = b"side-token:" if letter == _SIDE else b"reply-token:"
    return hmac.digest(key, purpose + payload, "sha256")[:_MAC_BYTES]


def _number(value: int) -> bytes:
    """Seven bits a byte, lowest first, the high bit set on all but the last."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_number(data: bytes) -> tuple[int, bytes]:
    value = shift = 0
    for at, byte in enumerate(data):
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, data[at + 1 :]
    return 0, b"!"
