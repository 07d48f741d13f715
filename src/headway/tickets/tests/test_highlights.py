"""What a search shows of a row: the matches, marked, in the subject, a message, a note or a file's name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words, stored
from headway.tickets.queries import search
from headway.tickets.queries.highlights import Hit, highlights
from headway.tickets.tests.desk import asks, customer_actor


def _hit(sam: Agent, text: str) -> Hit:
    (hit,) = highlights(search(sam, text)).values()
    return Hit(hit.kind, _shown(hit.subject), _shown(hit.text))


def _shown(text: str) -> str:
    return text.replace("\ue000", "[").replace("\ue001", "]")


def test_a_word_that_is_still_typed(dana: Customer, sam: Agent) -> None:
    asks(dana, "Subject", "The invoices were exported twice")
    for typed in ("inv", "invoi", "invoices", "exported invo", "invoicing"):
        (hit,) = highlights(search(sam, typed, typing=True)).values()
        assert "[invoices]" in _shown(hit.text), typed
    assert search(sam, "invo").rows == search(sam, "invo ", typing=True).rows == []


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("The invoices were exported twice", "invoice", "The [invoices] were exported twice"),
        ("Le café est fermé", "cafe", "Le [café] est fermé"),
        ("The payment failed with code 51", '"payment failed"', "The [payment] [failed] with code 51"),
        ("請求書が届きません", "請求書", "[請求書]が届きません"),
        ("Reconciliation is stuck", "reconcil*", "[Reconciliation] is stuck"),
        ("We use <b>single</b> sign-on", "single -banana", "We use <b>[single]</b> sign-on"),
        ("x" * 99 + " and then an invoice " + "y" * 300, "invoice", "x" * 47 + " and then an [invoice] " + "y" * 190),
        ("z " * 3000 + "Économie", "économie", "z " * 30 + "[Économie]"),
        ("Marks \ue000of ours\ue001 here", "marks", "[Marks] of ours here"),
    ],
)
def test_messages(dana: Customer, sam: Agent, text: str, query: str, shown: str) -> None:
    asks(dana, "Subject", text)
    assert _hit(sam, query).text == shown


def test_subjects_notes_and_files(dana: Customer, sam: Agent) -> None:
    opening = Opening(subject="Refund of March", channel="email", customer=dana)
    files = [stored("invoice_2026.pdf", "application/pdf", b"x"), stored("photo.png", "image/png", b"y")]
    ticket, _message = actions.open_ticket(
        opening, Words(text="See below.", files=files), actor=customer_actor(dana)
    )  # fmt: skip
    assert _hit(sam, "refund").subject == "[Refund] of March"
    assert _hit(sam, "invoice") == Hit("f", "Refund of March", "[invoice]_2026.pdf · photo.png")
    actions.note(ticket, "The bank calls it a chargeback.", actor=sam.actor)
    found = _hit(sam, "chargeback")
    assert (found.kind, found.text) == ("n", "The bank calls it a [chargeback].")


def test_one_query_and_none_for_filters_alone(dana: Customer, sam: Agent) -> None:
    for index in range(3):
        asks(dana, f"Number {index}", "The export fails")
    found, alone = search(sam, "export fails"), search(sam, "is:open")
    with CaptureQueriesContext(connection) as asked:
        assert len(highlights(found)) == 3
        assert highlights(alone) == {}
    assert len([query for query in asked if "settings" not in query["sql"]]) == 1
