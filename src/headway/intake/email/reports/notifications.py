"""Amazon's notifications: bounces, complaints and deliveries told as JSON."""

import json
from typing import Final

from headway.intake.email.mail import FailedRecipient, Report
from headway.intake.email.parse import addresses, ids
from headway.intake.email.parse.words import clean
from headway.intake.email.reports import codes

_PAST: Final = {"Bounce": "bounced", "Complaint": "complained"}


def read(text: str) -> Report | None:
    """What a text tells that is such a notification, plain or wrapped once more by SNS; None for any other text."""
    stripped = text.lstrip()
    if not stripped.startswith("{") or "otificationType" not in stripped[:100_000]:
        return None
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(stripped[:200_000])
        if isinstance(data.get("Message"), str):
            data = json.loads(data["Message"], strict=False)
        kind = data.get("notificationType", "")
        mail = data.get("mail", {})
        told = data.get(kind.lower(), {})
        listed = [
            _notified(kind, one) for one in told.get(f"{_PAST.get(kind, '')}Recipients", told.get("recipients", []))
        ]
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    common = mail.get("commonHeaders", {}) if isinstance(mail, dict) else {}
    return Report(
        kind="complaint" if kind == "Complaint" else "bounce",
        recipients=tuple(one for one in listed if one.email),
        original_message_id=ids.own(str(common.get("messageId", ""))),
        original_subject=clean(str(common.get("subject", ""))),
        feedback_type=str(told.get("complaintFeedbackType", "")) if kind == "Complaint" else "",
        standard=False,
    )


def _notified(kind: str, one: object) -> FailedRecipient:
    told = one if isinstance(one, dict) else {"emailAddress": str(one)}
    found = addresses.one(str(told.get("emailAddress", "")))
    email = found.email if found else ""
    if kind == "Complaint":
        return FailedRecipient(email, action="complained", kind="hard", reason="complaint")
    if kind != "Bounce":
        return FailedRecipient(email, action="delivered", kind="delivered")
    diagnostic = clean(str(told.get("diagnosticCode", "")))
    status = codes.enhanced(str(told.get("status", ""))) or codes.enhanced(diagnostic)
    why = codes.reason(status, diagnostic)
    return FailedRecipient(
        email, status, "failed", codes.kind(status, codes.reply(diagnostic), why, "failed"), why, diagnostic
    )
