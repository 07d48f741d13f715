"""The headers that say how a mail was sent."""

from typing import Final

from headway.intake.email.mail import Evidence
from headway.intake.email.parse.headers import Headers
from headway.intake.email.parse.words import header_text

_AUTOREPLY: Final = (
    "x-autoreply",
    "x-autorespond",
    "x-auto-reply",
    "x-autoreply-from",
    "x-mail-autoreply",
    "x-vacation",
)
_LONGEST: Final = 200


def read(headers: Headers, *, null_return_path: bool) -> Evidence:
    """What the headers say; nothing is concluded here."""

    def value(name: str) -> str:
        return header_text(headers.first(name))[:_LONGEST]

    return Evidence(
        auto_submitted=value("auto-submitted").lower(),
        precedence=(value("precedence") or value("x-precedence")).lower(),
        list_id=value("list-id") or value("mailing-list") or value("x-mailing-list"),
        list_unsubscribe=headers.has("list-unsubscribe"),
        auto_response_suppress=value("x-auto-response-suppress").lower(),
        autoreply=any(headers.has(name) for name in _AUTOREPLY),
        feedback_id=headers.has("feedback-id") or headers.has("x-feedback-id"),
        null_return_path=null_return_path,
        mailer=value("x-mailer") or value("user-agent"),
    )
