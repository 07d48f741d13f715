"""The pure rules about tickets, by table and by property."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.tickets.rules.fields import Definition, missing, problems
from headway.tickets.rules.searching import Term, pairs, terms
from headway.tickets.rules.texts import clean, one_line
from headway.tickets.rules.thanks import only_thanks
from headway.tickets.rules.transitions import Arrival, Category, Incoming, arrival, may_move
from headway.tickets.tests.desk import NOON


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much for your quick help.",
        "thx",
        "Danke, jetzt funktioniert alles.",
        "Vielen Dank für die schnelle Hilfe!\n\nDana",
        "Merci beaucoup pour votre réponse rapide",
        "Muchas gracias por la ayuda",
        "Perfect, thank you!\n\nSent from my iPhone",
        "ありがとうございます",
        "谢谢",
        "Спасибо!",
        "Thank you\nDana Ortiz",
    ],
)
def test_bare_thanks(text: str) -> None:
    assert only_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks, but it still does not work.",
        "Thank you. Could you also send the invoice?",
        "Thanks, order 1729 arrived broken",
        "It works now",
        "Danke, aber der Fehler ist noch da",
        "Gracias, pero no funciona",
        "Thank you for nothing",
        "Thanks in advance for cancelling my account",
        "谢谢，但是还不行",
    ],
)
def test_more_than_thanks(text: str) -> None:
    assert not only_thanks(text)


@pytest.mark.parametrize("before", Category)
@pytest.mark.parametrize("after", Category)
def test_closed_is_final_and_nothing_becomes_new(before: Category, after: Category) -> None:
    allowed = before == after or (before != Category.CLOSED and after != Category.NEW)
    assert may_move(before, after) == allowed


@given(
    st.sampled_from(list(Category)),
    st.integers(0, 60),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(1, 30),
)
def test_machines_thanks_and_strangers_never_reopen(
    category: Category, days: int, automatic: bool, thanks: bool, held: bool, window: int
) -> None:
    message = Incoming(at=NOON + timedelta(days=days), automatic=automatic, thanks=thanks, held=held)
    effect = arrival(category, NOON, message, reopen_days=window)
    if automatic or held:
        assert effect is Arrival.QUIET
    if thanks and category in (Category.SOLVED, Category.CLOSED):
        assert effect is Arrival.QUIET
    if effect is Arrival.REOPEN:
        assert category == Category.SOLVED
        assert days <= window
    if effect is Arrival.FOLLOW_UP:
        assert category == Category.CLOSED or days > window


@given(st.text())
def test_any_search_is_understood(text: str) -> None:
    found = terms(text)
    assert not found or any(not term.unwanted for term in found)


def test_the_language_of_searches() -> None:
    assert terms('card "not found" -spam refun* 請求書') == [
        Term("card"),
        Term("not found", phrase=True),
        Term("spam", unwanted=True),
        Term("refun", prefix=True),
        Term("請求書", pairs=("請求", "求書")),
    ]
    assert terms("card refu", typing=True) == [Term("card"), Term("refu", begun=True)]
    for finished in ("card refu ", "refun*", '"card refu"', "card -refu", "card 請求書", "card r"):
        assert terms(finished, typing=True) == terms(finished)
    assert pairs("A 東 and 日本語") == ["東", "日本", "本語"]


@given(st.text(max_size=3000))
def test_cleaned_texts_can_be_stored_and_shown(text: str) -> None:
    clean(text).encode()
    assert "\x00" not in clean(text)
    line = one_line(text, 50)
    assert len(line) <= 50
    assert "\n" not in line


def test_fields_are_checked_by_kind() -> None:
    definitions = [
        Definition("order", "text", "Order", required=True),
        Definition("seats", "number", "Seats"),
        Definition("paid", "check", "Paid"),
        Definition("due", "date", "Due"),
        Definition("plan", "choice", "Plan", ("Basic", "Pro")),
    ]
    fine = {"order": "A-17", "seats": 3, "paid": False, "due": "2026-11-30", "plan": "Pro"}
    assert problems(definitions, fine) == {}
    wrong = {"order": 5, "seats": True, "paid": "yes", "due": "30.11.", "plan": "Max", "colour": "red"}
    assert set(problems(definitions, wrong)) == set(wrong)
    assert missing(definitions, {"seats": 3}) == ["order"]
    assert missing(definitions, fine) == []
