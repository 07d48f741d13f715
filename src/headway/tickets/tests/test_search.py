"""Search: words, stems, accents, phrases, ideographs, pages; only what one may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.foundation import clock
from headway.foundation.errors import Invalid
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.queries import Filter, listing, search
from headway.tickets.tests.desk import NOON, answers, asks


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The invoices were exported twice", "invoice export"),
        ("Die Rechnungen fehlen", "rechnung"),
        ("Le café est fermé", "cafe"),
        ("Order A-1729 is late", "A-1729"),
        ("請求書が届きません", "請求書"),
        ("The payment failed with code 51", '"payment failed"'),
        ("Reconciliation is stuck", "reconcil*"),
        ("We use single sign-on", "sign -banana"),
    ],
)
def test_found(dana: Customer, sam: Agent, text: str, query: str) -> None:
    ticket = asks(dana, "Subject", text)
    asks(dana, "Other", "Nothing of that kind here")
    assert [row.id for row in search(sam, query).rows] == [ticket.pk]


@pytest.mark.parametrize("query", ["", "   ", "-only", "zzzzzz", "'", "\\", "!!", '"', "a:b & | !", "\x00", "()"])
def test_odd_searches_find_nothing_and_break_nothing(dana: Customer, sam: Agent, query: str) -> None:
    asks(dana)
    assert search(sam, query).rows == []


def test_the_subject_counts_for_every_message(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana, "Refund for March", "Hello")
    answers(sam, ticket, "Which invoice do you mean?")
    assert [row.id for row in search(sam, "refund invoice").rows] == [ticket.pk]
    actions.set_subject(ticket, "Credit note", actor=sam.actor)
    assert search(sam, "refund").rows == []
    assert [row.id for row in search(sam, "credit invoice").rows] == [ticket.pk]


def test_pages_go_through_every_match_once_newest_first(dana: Customer, sam: Agent) -> None:
    made = []
    for days in (0, 1, 40, 41, 200, 900):
        with clock.frozen(NOON - timedelta(days=days)):
            made.append(asks(dana, f"Export {days}", "The export fails").pk)
    with clock.frozen(NOON - timedelta(hours=1)):
        answers(sam, Ticket.objects.get(pk=made[4]), "About the export: done")
    with clock.frozen(NOON):
        seen, cursor = [], None
        while True:
            page = search(sam, "export", cursor=cursor, limit=2)
            seen += [row.id for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
    assert seen == [made[0], made[4], made[1], made[2], made[3], made[5]]


def test_nobody_finds_what_they_may_not_see(dana: Customer, sam: Agent, specialists: Team) -> None:
    ticket = asks(dana)
    actions.set_team(ticket, specialists, actor=sam.actor)
    sam.sees = "teams"
    assert search(sam, "card").rows == []
    assert listing(sam, Filter()).rows == []


def test_suspected_spam_is_apart(dana: Customer, sam: Agent) -> None:
    ticket = actions.suspect(asks(dana), actor=sam.actor)
    assert search(sam, "card").rows == []
    assert [row.id for row in search(sam, "card", Filter(suspected=True)).rows] == [ticket.pk]
    assert [row.id for row in listing(sam, Filter(suspected=True)).rows] == [ticket.pk]
    actions.clear(ticket, actor=sam.actor)
    assert [row.id for row in listing(sam, Filter()).rows] == [ticket.pk]


def test_a_list_costs_two_queries(dana: Customer, sam: Agent) -> None:
    for number in range(5):
        actions.tag(asks(dana, f"Number {number}"), ["cards", f"n{number}"], actor=sam.actor)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = listing(sam, Filter(), limit=3)
    assert len(queries) == 2  # 1 the rows with the names they show, 2 their tags
    assert [row.tags for row in page.rows] == [["cards", "n4"], ["cards", "n3"], ["cards", "n2"]]
    assert page.next is not None
    assert [row.subject for row in listing(sam, Filter(), cursor=page.next).rows] == ["Number 1", "Number 0"]


@pytest.mark.parametrize("cursor", ["", "x", "bnVsbA", "WzEsMl0x", "W10", "WyJhIiwgMV0", "WzllMzAsMV0", "W10W10", "é"])
def test_a_broken_cursor_is_refused(sam: Agent, cursor: str) -> None:
    if cursor:
        with pytest.raises(Invalid):
            listing(sam, Filter(), cursor=cursor)
