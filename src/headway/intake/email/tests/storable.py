"""What must hold of every parsed mail, whatever it was read from."""

import dataclasses
from typing import Any

from headway.intake.email import limits
from headway.intake.email.mail import ParsedMail


def assert_storable(mail: ParsedMail) -> None:
    """Nothing PostgreSQL would refuse, nothing beyond the bounds, and HTML without anything that acts or fetches."""
    for text in _texts(mail):
        assert "\x00" not in text
        text.encode("utf-8")
    assert len(mail.text) <= limits.TEXT_CHARACTERS
    assert len(mail.subject) <= limits.SUBJECT_CHARACTERS
    for html in (mail.html.lower(), mail.html_quoted.lower()):
        for forbidden in ("<script", "<svg", "<iframe", "<style", "<object", "javascript:", " onload=", " onerror="):
            assert forbidden not in html
        assert ' src="http' not in html
    for one in mail.attachments:
        assert one.name
        assert "/" not in one.name
        assert 0 <= one.start <= one.end


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in _texts(one)]
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in _texts(getattr(value, field.name))]
    return []
