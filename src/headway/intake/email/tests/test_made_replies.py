"""Replies we wrote after the habits of many programs and languages: only the new text is shown, nothing is lost."""

import pytest

from headway.intake.email.parse.whole import parse
from headway.intake.email.quotes.cut import cut
from headway.intake.email.tests.made.replies_above import ABOVE
from headway.intake.email.tests.made.replies_html import HTML
from headway.intake.email.tests.made.replies_kept import KEPT

NEW = "Thanks, that solved it.\n\nOne more question: can I change my address?"
ASKED = "Could you try again?"
_MARKED = {"Horde", "Horde, de", "Apple Mail, en"}
NAMES = [name for name, _ in ABOVE]


@pytest.mark.parametrize(("_name", "above"), ABOVE, ids=NAMES)
def test_what_is_quoted_with_marks_is_folded(_name: str, above: str) -> None:
    found = cut(f"{NEW}\n\n{above}\n> {ASKED}\n>\n> Sam\n")
    assert found.new == NEW
    assert ASKED in found.quoted


@pytest.mark.parametrize(("name", "above"), ABOVE, ids=NAMES)
def test_what_is_quoted_without_marks_is_folded(name: str, above: str) -> None:
    if name in _MARKED:
        pytest.skip("the program always marks what it quotes, and nothing else tells")
    found = cut(f"{NEW}\n\n{above}\n\n{ASKED}\n\nSam\n")
    assert found.new == NEW
    assert ASKED in found.quoted


@pytest.mark.parametrize(("_name", "above"), ABOVE, ids=NAMES)
def test_nothing_of_it_is_lost(_name: str, above: str) -> None:
    text = f"{NEW}\n\n{above}\n\n{ASKED}\n"
    found = cut(text)
    assert sorted("".join(f"{found.new}{found.signature}{found.quoted}".split())) == sorted("".join(text.split()))


@pytest.mark.parametrize(("_name", "html"), HTML, ids=[name for name, _ in HTML])
def test_html_replies_show_only_the_new_text(_name: str, html: str) -> None:
    raw = f"From: dana@shop.example\nSubject: Re: Login\nContent-Type: text/html; charset=utf-8\n\n{html}"
    found = parse(raw.encode())
    assert " ".join(found.text.split()) == "Thanks, that solved it. Dana"
    assert "try again" in found.quoted
    assert "try again" not in found.html
    assert "try again" in found.html_quoted


@pytest.mark.parametrize("text", KEPT, ids=range(len(KEPT)))
def test_what_only_looks_like_a_quote_is_kept(text: str) -> None:
    assert cut(text).new == text
