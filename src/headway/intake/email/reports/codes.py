"""What status codes and the words of mail servers mean: why a mail failed, and whether it will fail again."""

import re
from functools import lru_cache
from typing import Final

from headway.intake.email.reports import phrases

_ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY: Final = re.compile(r"(?<![\d.\-])([245]\d\d)(?=[\s\-:#<]|$)")
_PATTERNS: Final = {name: re.compile("|".join(words), re.IGNORECASE) for name, words in phrases.REASONS.items()}
_LONGEST: Final = 2000
_ORDER: Final = tuple(phrases.REASONS)
_ORDER_SECURITY: Final = ("blocked", "policy", *phrases.REASONS)
SOFT_REASONS: Final = {"mailbox-full", "too-large", "blocked", "policy", "expired", "busy"}
_BY_STATUS: Final = {
    (1, 1): "unknown-user", (1, 2): "unknown-host", (1, 3): "unknown-user", (1, 6): "unknown-user",
    (1, 10): "unknown-host",
    (2, 1): "unknown-user", (2, 2): "mailbox-full", (2, 3): "too-large", (3, 1): "mailbox-full",
    (3, 4): "too-large", (4, 1): "busy", (4, 2): "busy", (4, 4): "unknown-host", (4, 7): "expired",
}  # fmt: skip


def enhanced(text: str) -> str:
    """The most telling enhanced status code in a text such as "550 5.1.1 …", empty when there is none."""
    best = ""
    for match in _ENHANCED.finditer(text[:_LONGEST]):
        if not best or (best.endswith(".0.0") and not match[0].endswith(".0.0")):
            best = match[0]
    return best


def reply(text: str) -> str:
    """The first SMTP reply code that tells of a failure, empty when there is none."""
    match = _REPLY.search(text[:_LONGEST])
    return match[1] if match and match[1][0] in "45" else ""


@lru_cache(maxsize=128)
def reason(status: str, diagnostic: str) -> str:
    """Why: from the words first (servers choose them with more care than codes), then from the code."""
    text = diagnostic[:_LONGEST]
    if "_" in text:  # some write their words so
        text += "\n" + text.replace("_", " ")
    parts = status.split(".")
    specific = _BY_STATUS.get((int(parts[1]), int(parts[2]))) if len(parts) == 3 else None
    if specific == "unknown-user" and parts[0] == "4":
        specific = None
    if specific in ("mailbox-full", "too-large"):
        return specific
    order = _ORDER_SECURITY if len(parts) == 3 and parts[1] == "7" and status != "5.7.1" else _ORDER
    for name in order:
        if _PATTERNS[name].search(text):
            if specific and name in ("policy", "busy", "blocked"):
                return specific
            return name
    if specific:
        return specific
    return "policy" if len(parts) == 3 and parts[1] == "7" else ""


def kind(status: str, code: str, why: str, action: str) -> str:
    """ "hard" (do not send there again), "soft", "delayed", "delivered" or "unknown"."""
    lowered = action.lower()
    if lowered.startswith("delay"):
        return "delayed"
    if lowered.startswith(("deliver", "relay", "expand")) or status.startswith("2"):
        return "delivered"
    if why in SOFT_REASONS:
        return "soft"
    if why in ("unknown-user", "unknown-host"):
        return "soft" if status.startswith("4") or (not status and code.startswith("4")) else "hard"
    first = status[:1] or code[:1]
    return {"5": "hard", "4": "soft"}.get(first, "hard" if lowered == "failed" else "unknown")
