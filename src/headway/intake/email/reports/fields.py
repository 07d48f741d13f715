"""The machine-readable parts of reports: delivery status (RFC 3464), feedback (RFC 5965), disposition (RFC 8098)."""

import re
from typing import Final

from headway.intake.email.mail import FailedRecipient
from headway.intake.email.parse import addresses
from headway.intake.email.parse.words import clean, decoded
from headway.intake.email.reports import codes

_BLANK: Final = re.compile(r"\n[ \t]*\n")
_FIELD: Final = re.compile(r"^([A-Za-z][A-Za-z-]{1,60})[ \t]*:[ \t]*(.*(?:\n[ \t]+.*)*)", re.MULTILINE)
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_MOST: Final = 500


def blocks(text: str) -> list[dict[str, str]]:
    """The groups of fields between empty lines, names in lower case."""
    found = []
    for block in _BLANK.split(text)[:_MOST]:
        fields = {match[1].lower(): " ".join(match[2].split()) for match in _FIELD.finditer(block)}
        if fields:
            found.append(fields)
    return found


def recipients(text: str) -> list[FailedRecipient]:
    """One entry for each recipient a delivery status speaks of."""
    found: list[FailedRecipient] = []
    carried: dict[str, str] = {}
    for fields in blocks(text):
        if not {"final-recipient", "original-recipient", "action", "diagnostic-code"} & fields.keys():
            continue
        merged = {**carried, **fields}
        address = _address(merged.get("original-recipient", "")) or _address(merged.get("final-recipient", ""))
        if not address:
            address = _address(merged.get("x-actual-recipient", "")) or _address(merged.get("diagnostic-code", ""))
        if not address:
            carried = merged  # some servers put an empty line inside one recipient's fields
            continue
        carried = {}
        found.append(_recipient(address, merged))
    return found


def feedback(text: str) -> dict[str, str]:
    """The fields of a feedback report; of doubled fields the first counts."""
    merged: dict[str, str] = {}
    for fields in blocks(text):
        for name, value in fields.items():
            merged.setdefault(name, value)
    return merged


def _recipient(address: str, fields: dict[str, str]) -> FailedRecipient:
    diagnostic = clean(decoded(fields.get("diagnostic-code", "")))
    written = _STATUS.search(fields.get("status", ""))
    status = written[0] if written else ""
    told = codes.enhanced(diagnostic)
    if told and (not status or status.endswith(".0.0") or (told[0] == status[0] and status.endswith(".0"))):
        status = told
    why = codes.reason(status, diagnostic or fields.get("status", ""))
    action = fields.get("action", "").partition(" ")[0].lower()
    return FailedRecipient(
        email=address,
        status=status,
        action=action,
        kind=codes.kind(status, codes.reply(diagnostic), why, action),
        reason=why,
        diagnostic=diagnostic[:1000],
    )


def _address(value: str) -> str:
    """The address of a field such as `rfc822; <a@b>`; routes and X.400 leftovers are cut off."""
    kind, semicolon, rest = value.partition(";")
    text = rest if semicolon and "@" not in kind else value
    found = addresses.one(decoded(text) if "=?" in text else text)
    return found.email if found else ""
