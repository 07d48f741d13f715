"""Mailgun: routes forward the raw mail in a form, signed by HMAC-SHA256 over timestamp and token.

The signature covers neither the mail nor its recipient, so a token counts once: who takes a call over by listening
cannot send another mail with it. The encryption of the way protects the rest.
"""

import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from headway.intake.hooks.calls import Call, Handed, Reason, Refused, envelope
from headway.intake.hooks.forms import fields

_GOOD_FOR: Final = timedelta(minutes=5)  # either way: clocks differ
_TIMESTAMP: Final = re.compile(rb"[0-9]{1,12}")
_TOKEN: Final = re.compile(rb"[\x21-\x7e]{1,200}")


def read(call: Call, *, key: bytes) -> Handed:
    """The mail of a call signed with `key`. Raises Refused."""
    form = fields(call.content_type, call.body)
    timestamp, token, signature = (form.get(name, b"") for name in ("timestamp", "token", "signature"))
    if not key or not _TIMESTAMP.fullmatch(timestamp) or not _TOKEN.fullmatch(token) or not signature:
        raise Refused(Reason.UNSIGNED)
    expected = hmac.digest(key, timestamp + token, "sha256").hex().encode()
    if not hmac.compare_digest(expected, signature.strip().lower()):
        raise Refused(Reason.SIGNATURE)
    if abs(_moment(timestamp) - call.at) > _GOOD_FOR:
        raise Refused(Reason.STALE)
    raw = form.get("body-mime", b"")
    if not raw.strip():
        raise Refused(Reason.NO_MAIL)
    recipients = [part.strip() for part in _text(form, "recipient").split(",")]
    return Handed(token.decode("ascii"), raw, envelope(_text(form, "sender"), recipients))


def _moment(timestamp: bytes) -> datetime:
    try:
        return datetime.fromtimestamp(int(timestamp), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused(Reason.STALE) from error


def _text(form: dict[str, bytes], name: str) -> str:
    return form.get(name, b"").decode("utf-8", "replace")
