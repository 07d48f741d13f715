"""Message ids: read from headers as they come, made from the content where a mail has none."""

import hashlib
import re
from typing import Final

from headway.intake.email import limits
from headway.intake.email.parse.headers import Headers

_ANGLED: Final = re.compile(r"<([^<>]{1,2000})>")
_WHITE: Final = re.compile(r"\s+")
SYNTHETIC_DOMAIN: Final = "no-id.invalid"


def first(text: str) -> str:
    """The message id in a header, without brackets; empty when there is none."""
    found = every(text)
    return found[0] if found else ""


def every(text: str) -> tuple[str, ...]:
    """All ids of a References or In-Reply-To header in order, without doubles."""
    angled = [_WHITE.sub("", match) for match in _ANGLED.findall(text)]
    if not angled:
        angled = [word.strip("<>,;\"'") for word in text.split() if "@" in word]
    seen = dict.fromkeys(one[: limits.MESSAGE_ID_CHARACTERS] for one in angled if one)
    kept = list(seen)
    return tuple(kept if len(kept) <= limits.REFERENCES else kept[:1] + kept[1 - limits.REFERENCES :])


def own(text: str) -> str:
    """The id in a Message-ID header; an id without brackets or domain counts as it stands."""
    found = first(text)
    if found:
        return found
    word = _WHITE.sub("", text).strip("<>")
    return word[: limits.MESSAGE_ID_CHARACTERS]


def synthetic(headers: Headers, body: bytes) -> str:
    """An id for a mail without one: the same mail always gets the same, Received and Date included."""
    digest = hashlib.sha256()
    for name in ("from", "to", "subject", "date", "received"):
        for value in headers.every(name):
            digest.update(name.encode() + b":" + value + b"\n")
    digest.update(body)
    return f"{digest.hexdigest()[:40]}@{SYNTHETIC_DOMAIN}"
