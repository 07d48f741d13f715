"""Bounces written for people: who could not be reached and why, read out of the text."""

import re
from typing import Final

from headway.intake.email.mail import FailedRecipient
from headway.intake.email.reports import codes, phrases

_EMAIL: Final = r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z][A-Za-z0-9-]{0,62}"
_ANY: Final = re.compile(f"({_EMAIL})")
_ALONE: Final = re.compile(
    rf"^[\s>*+\-•]{{0,12}}[\"'<\[(]{{0,3}}(?:mailto:|rfc822;)?({_EMAIL})[\"'>\])]{{0,3}}(?:\s?[\"<(]?{_EMAIL}[\">)]?)?\s?(?:$|[:,;(]|\.\.\.|\s(?=\S))",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:" + "|".join(phrases.NAMING) + rf")\s{{0,6}}[<\"'\[(]{{0,2}}({_EMAIL})",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    rf"rcpt to\s?:\s?<?({_EMAIL})|\b[45]\d\d[ -](?:#?[45]\.\d\.\d{{1,3}}\s)?<({_EMAIL})>", re.IGNORECASE
)
_COPY: Final = re.compile(r"^[\s>*=_-]{0,80}(?:" + "|".join(phrases.COPIES) + ")", re.IGNORECASE)
_ID_LINE: Final = re.compile(r"[\s>]{0,8}message-id\s?:\s{0,4}<[^<>\s]{3,}>\s*$", re.IGNORECASE)
_MOST_LINES: Final = 400
_FOLLOWING: Final = 10
_DAEMONS: Final = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "abuse", "mailadmin")


def told_part(text: str) -> tuple[str, str]:
    """The server's own words, and the returned mail behind them."""
    lines = text.split("\n")
    for at, line in enumerate(lines[: 10 * _MOST_LINES]):
        if at and len(line) < 400 and _COPY.match(line):
            return "\n".join(lines[:at]), "\n".join(lines[at:])
    return text, ""


def loose_copy(text: str) -> str:
    """The returned mail that begins without a word: from the line with its id on."""
    lines = text.split("\n")[:_MOST_LINES]
    at = next((at for at, line in enumerate(lines) if len(line) < 1000 and _ID_LINE.match(line)), None)
    return "" if at is None else "\n".join(lines[at:])


def recipients(told: str, announced: list[str], own: set[str]) -> list[FailedRecipient]:
    """The failed recipients in a bounce's words. `announced` come from headers; `own` are the addresses of the mail
    itself (its sender, the one it returns to), which are never the failed ones unless nothing else is."""
    lines = told.split("\n")[:_MOST_LINES]
    found: dict[str, list[int]] = {}
    for pattern in (_ALONE, _STRONG, _NAMED):
        found = _places(pattern, lines, own)
        if found or announced:
            break
    for address in announced:
        found.setdefault(address.lower(), [])
    # the last: somebody who wrote to their own full mailbox
    found = found or _places(_ANY, lines, own) or _places(_ALONE, lines, set())
    return [_recipient(address, places, lines, found) for address, places in list(found.items())[:100]]


def _places(pattern: re.Pattern[str], lines: list[str], own: set[str]) -> dict[str, list[int]]:
    """The lines at which a pattern finds each address."""
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        for match in pattern.finditer(line[:1000]):
            address = next((group for group in match.groups() if group), "").lower().strip(".'")
            if address and not _is_daemon(address) and address not in own:
                found.setdefault(address, []).append(at)
    return found


def _recipient(address: str, places: list[int], lines: list[str], found: dict[str, list[int]]) -> FailedRecipient:
    others = [other for other in found if other != address]
    words: list[str] = []
    for place in places[:4]:
        for line in lines[place : place + _FOLLOWING]:
            if any(other in line.lower() for other in others):
                break
            words.append(line.strip())
    told = " ".join(words)
    if not codes.enhanced(told) and not codes.reply(told) and not (told and codes.reason("", told)):
        told = " ".join(line.strip() for line in lines if line.strip())[:3000]
    status = codes.enhanced(told)
    code = codes.reply(told)
    why = codes.reason(status, told)
    action = "delayed" if _delayed(lines) else "failed"
    return FailedRecipient(
        email=address,
        status=status,
        action=action,
        kind=codes.kind(status, code, why, action),
        reason=why,
        diagnostic=told[:1000],
    )


def _delayed(lines: list[str]) -> bool:
    told = " ".join(lines[:60]).lower()
    return any(word in told for word in phrases.DELAYS)


def _is_daemon(address: str) -> bool:
    return address.partition("@")[0].lower().startswith(_DAEMONS)
