"""Taking a person out of a text."""

import pytest

from headway.privacy.rules.redaction import mentions, redactor

CLEAN = redactor(["Dana Ortiz"], ["dana@example.com", "+49301234567", "shop:4711"], parts=True)
WHOLE = redactor(["Dana Ortiz", "X"], ["dana@example.com"], parts=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello Dana,\nyour card", "Hello [erased],\nyour card"),
        ("DANA  ORTIZ <Dana@Example.com> wrote", "[erased] <[erased]> wrote"),
        ("call +49 (30) 123-4567 or 0049 30 1234567 now", "call [erased] or [erased] now"),
        ("order shop:4711", "order [erased]"),
        ("Bandana and Danas stay", "Bandana and Danas stay"),
        ("", ""),
    ],
)
def test_however_it_is_written(text: str, expected: str) -> None:
    assert CLEAN(text) == expected


def test_a_first_name_alone_is_nobody_elsewhere() -> None:
    assert WHOLE("Dana from Acme; Dana Ortiz; X marks") == "Dana from Acme; [erased]; X marks"


def test_scripts_without_spaces() -> None:
    assert redactor(["陳大文"], [], parts=True)("請告訴陳大文先生") == "請告訴[erased]先生"


def test_nobody_is_taken_out_of_nothing() -> None:
    assert redactor([""], [], parts=True)("as it was") == "as it was"


def test_a_mail_that_names_an_address() -> None:
    assert mentions(b"From: Dana <DANA@example.com>", ["dana@example.com"])
    assert not mentions(b"From: Chen <chen@example.net>", ["dana@example.com", "+4930"])
