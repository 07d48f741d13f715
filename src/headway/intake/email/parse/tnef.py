"""What Outlook hides in winmail.dat: its files and, where the mail has none, its text."""

import logging
from dataclasses import dataclass
from typing import Any

from headway.intake.email import limits
from headway.intake.email.parse.charsets import decode, storable

_MAGIC = b"\x78\x9f\x3e\x22"


@dataclass(frozen=True, slots=True)
class Opened:
    """The contents of one winmail.dat."""

    files: tuple[tuple[str, bytes], ...]
    html: str
    text: str


def is_tnef(content_type: str, name: str) -> bool:
    """Whether a part claims to be TNEF."""
    return content_type in ("application/ms-tnef", "application/vnd.ms-tnef") or name.lower() == "winmail.dat"


def open_(data: bytes) -> Opened | None:
    """The contents, or None when the bytes are not TNEF or too damaged to read."""
    if not data.startswith(_MAGIC) or len(data) > limits.TNEF_BYTES:
        return None
    from tnefparse.tnef import TNEF  # seldom needed and slow to import

    logging.getLogger("tnefparse").disabled = True
    try:
        container = TNEF(data, do_checksum=False)
        files = tuple((_name(one), bytes(one.data)) for one in container.attachments if one.data)
        return Opened(files=files, html=_text(getattr(container, "htmlbody", None)), text=_text(container.body))
    except Exception:  # noqa: BLE001 - the library raises whatever the damage leads to
        return None


def _name(attachment: Any) -> str:
    name = attachment.long_filename() if callable(getattr(attachment, "long_filename", None)) else attachment.name
    return _text(name).strip("\x00 ")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decode(value, "cp1252")[0]
    return storable(value) if isinstance(value, str) else ""
