"""Postmark: JSON that holds the raw mail when that is switched on, with a password by HTTP Basic."""

import base64
import binascii
import hmac
from typing import Annotated

import msgspec

from headway.intake.hooks.calls import Call, Handed, Reason, Refused, envelope


class _Inbound(msgspec.Struct):
    """Of all that Postmark writes, what we need; the rest is passed over without being kept."""

    MessageID: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    RawEmail: str = ""
    OriginalRecipient: str = ""


_decoder = msgspec.json.Decoder(_Inbound)


def read(call: Call, *, password: bytes) -> Handed:
    """The mail of a call with this password. Raises Refused."""
    if not password or not hmac.compare_digest(password, _given(call.authorization)):
        raise Refused(Reason.PASSWORD)
    try:
        found = _decoder.decode(call.body)
        raw = found.RawEmail.encode("utf-8", "surrogateescape")
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused(Reason.UNREADABLE) from error
    if not raw.strip():
        raise Refused(Reason.NO_MAIL)
    return Handed(found.MessageID, raw, envelope("", [found.OriginalRecipient]))


def _given(authorization: str) -> bytes:
    """The password of a Basic header, whatever the user is called; b"" for anything else."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(value.strip().encode("latin-1"), validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""
