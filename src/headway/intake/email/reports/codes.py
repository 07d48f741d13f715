"""What status codes and the words of mail servers mean: why a mail failed, and whether it will fail again."""

import re
from typing import Final

_ENHANCED: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY: Final = re.compile(r"(?<![\d.\-])([245]\d\d)(?=[\s\-:#<]|$)")
_REASONS: Final = {
    "mailbox-full": r"mailbox (?:is |was )?full|over ?quota|quota (?:exceeded|full|is full)|exceed(?:s|ed)?(?: \w+){0,3} (?:quota|storage|allowed size|mailbox)|mailbox \S{0,80} is over|insufficient (?:disk|storage|space)|out of storage|not enough storage|full mailbox|maildir over|disk quota|disc quota|boîte (?:.{0,20})pleine|mailbox_full|mailbox size limit|account is full|user has exceeded|has too many messages|message box (?:is )?full",
    "too-large": r"(?:message|mail|size)(?: \w+){0,3} (?:too (?:large|big)|exceeds (?:the )?(?:maximum|fixed|limit|size))|size limit|exceeds (?:the )?(?:maximum )?(?:message )?size|message length exceeds|too big",
    "unknown-user": r"user unknown|unknown (?:user|recipient|mailbox|local|address)|no such (?:user|recipient|mailbox|address|account|person|local)|(?:user|mailbox|recipient|account|address)(?: \S{1,120})?(?: is| was)? (?:not found|does(?: not|n't) exist|not exist|unknown|unavailable|invalid|disabled|inactive|not valid|no longer|suspended|nonexistent)|does not have a|do(?:es)? not exist|doesn't exist|not exist|invalid (?:recipient|user|mailbox|address|final)|(?:isn't|is not) (?:a |an )?(?:valid|known|existing)|not a (?:known|valid)|bad (?:destination|recipient)|no mailbox|not our customer|not listed in|no (?:valid )?recipients?|recipient (?:not|address rejected|rejected)|unrouteable|undeliverable address|address (?:rejected|not present|unknown)|mailbox not|unknown account|not known (?:here|at)|5\.1\.1|has been disabled|account (?:is )?(?:disabled|inactive|closed)|mailbox unavailable|unable to find|couldn't be found|could not be found|wasn't found|address couldn't be found|ディレクトリのリストにありません|見つかりません|この宛先|宛先不明|user (?:\S{1,80} )?doesn't|no user|unknown_user|user not known|no longer (?:available|on server|valid)|relay access denied.{0,5}user",
    "unknown-host": r"host (?:or domain )?(?:name )?(?:not found|unknown|lookup)|(?:domain|host)(?: \S{1,120})? (?:not found|does(?: not|n't) exist|unknown|invalid)|no (?:such )?(?:domain|host)|name service error|couldn't find any host|find a mail exchanger|no mx|unknown host|nxdomain|dns (?:error|type)|domain (?:name )?(?:not found|lookup|lookups failed)|unroutable|no route to|unable to route|null ?mx|couldn't find any",
    "blocked": r"block(?:ed|list)|black ?list|spamhaus|\brbl\b|spam|reputation|poor|banned|barracuda|cbl\.abuseat|unsolicited|virus|not accepted from|refused to talk|too many|rate limit|throttl",
    "policy": r"dmarc|dkim|\bspf\b|authenticat|policy|not authori[sz]ed|relay(?:ing)? (?:access )?denied|access denied|denied|not permitted|rejected|refused|prohibited|local policy|not allowed|permission|not a member|are not member",
    "expired": r"time(?:d)? ?out|expired|too long|retry time|could not be delivered for|delivery time|has been queued|gave up|given up after|exceeded the maximum",
    "busy": r"try again|temporar|greylist|graylist|later|connection (?:refused|reset|lost|timed)|network|unreachable|busy|overload|service (?:currently |not )?(?:un)?available",
}  # fmt: skip
_PATTERNS: Final = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _REASONS.items()}
_LONGEST: Final = 2000
SOFT_REASONS: Final = {"mailbox-full", "too-large", "blocked", "policy", "expired", "busy"}
_BY_STATUS: Final = {
    (1, 1): "unknown-user", (1, 2): "unknown-host", (1, 3): "unknown-user", (1, 6): "unknown-user",
    (1, 10): "unknown-host", (2, 1): "unknown-user", (2, 2): "mailbox-full", (2, 3): "too-large", (3, 1): "mailbox-full",
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


def reason(status: str, diagnostic: str) -> str:
    """Why: from the words first (servers choose them with more care than codes), then from the code."""
    text = diagnostic[:_LONGEST]
    parts = status.split(".")
    specific = _BY_STATUS.get((int(parts[1]), int(parts[2]))) if len(parts) == 3 else None
    if specific in ("mailbox-full", "too-large"):
        return specific
    for name in ("mailbox-full", "too-large", "unknown-user", "unknown-host", "blocked", "policy", "expired", "busy"):
        if _PATTERNS[name].search(text):
            if specific and name in ("policy", "busy", "blocked"):
                return specific
            return name
    if specific:
        return specific
    return "policy" if len(parts) == 3 and parts[1] == "7" else ""


def kind(status: str, code: str, why: str, action: str) -> str:
    """"hard" (do not send there again), "soft", "delayed", "delivered" or "unknown"."""
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
