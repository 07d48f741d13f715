"""Typed filters: how they are read, what they choose, what is said of those that mean nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.tickets import actions
from headway.tickets.actions import Opening, Words, stored
from headway.tickets.queries import Filter, search
from headway.tickets.rules.typed import KEYS, Part, day, named, parse, unfinished, write
from headway.tickets.tests.desk import answers, asks, customer_actor

PARTS = st.builds(
    Part,
    st.sampled_from(KEYS),
    st.text(min_size=1, max_size=60).map(lambda value: value.replace('"', "").replace("\x00", "").strip()).filter(bool),
    st.booleans(),
)


@given(st.text(max_size=300))
def test_reading_never_fails_and_loses_no_word(text: str) -> None:
    typed = parse(text)
    assert len(typed.parts) <= 16
    again = parse(typed.words)
    assert (again.words, again.parts) == (typed.words, ())
    unfinished(text)


@given(st.lists(PARTS, max_size=12))
def test_what_is_written_is_read_back(parts: list[Part]) -> None:
    assert list(parse(" ".join(map(write, parts))).parts) == parts


@given(st.lists(st.sampled_from(["card", "-refund", '"two words"', "re:", "10:30", "https://a.example/b"]), max_size=9))
def test_words_stay_as_they_are(words: list[str]) -> None:
    text = " ".join(words)
    typed = parse(text)
    assert (typed.words, typed.parts, typed.unknown) == (text, (), ())


@pytest.mark.parametrize(
    ("text", "words", "parts", "unknown"),
    [
        ("card from:dana", "card", [Part("from", "dana")], ()),
        ('-from:"Dana Ortiz" card', "card", [Part("from", "Dana Ortiz", True)], ()),
        ("FROM:dana", "", [Part("from", "dana")], ()),
        ('"from:dana"', '"from:dana"', [], ()),
        ("status: card", "card", [], ()),
        ("colour:red card", "colour:red card", [], ("colour:",)),
        ('tag:"two wor', "", [Part("tag", "two wor")], ()),
    ],
)
def test_reading(text: str, words: str, parts: list[Part], unknown: tuple[str, ...]) -> None:
    typed = parse(text)
    assert (typed.words, list(typed.parts), typed.unknown) == (words, parts, unknown)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ("", "")), ("card ", ("", "")), ("ca", ("", "ca")), ("card sta", ("", "sta")), ("-ta", ("", "ta")),
        ("status:", ("status", "")), ("x status:op", ("status", "op")), ('to:"Front li', ("to", "Front li")),
        ('to:"Frontline"', None), ("colour:r", None), ("a-1", None),
    ],
)  # fmt: skip
def test_what_is_being_typed(text: str, found: tuple[str, str] | None) -> None:
    typing = unfinished(text)
    assert (typing and (typing.key, typing.begun)) == found
    if typing and found:
        assert text[typing.start :].lstrip("-").replace('"', "").endswith(typing.begun)


@pytest.mark.parametrize(
    ("value", "means"),
    [
        ("2026-03-01", date(2026, 3, 1)), ("2026-3", date(2026, 3, 1)), ("2026", date(2026, 1, 1)),
        ("today", date(2026, 11, 2)), ("Yesterday", date(2026, 11, 1)), ("7d", date(2026, 10, 26)),
        ("2w", date(2026, 10, 19)), ("2026-02-30", None), ("0000", None), ("9999y", None), ("soon", None),
    ],
)  # fmt: skip
def test_days(value: str, means: date | None) -> None:
    assert day(value, date(2026, 11, 2)) == means


def test_names_mean_the_nearest() -> None:
    known = [(1, "Billing"), (2, "Billing EU"), (3, "EU")]
    assert named("billing", known) == [1]
    assert named("bill", known) == [1, 2]
    assert named("eu", known) == [3]
    assert named("ing e", known) == [2]
    assert named("x", known) == []


def test_each_filter_chooses(
    dana: Customer, chen: Customer, sam: Agent, mia: Agent, frontline: Team, acme: Brand
) -> None:
    Organisation.objects.create(name="Ortiz & Sons")
    dana.organisation = Organisation.objects.get()
    dana.save()
    file = stored("invoice_2026.pdf", "application/pdf", b"%PDF")
    opening = Opening(subject="Card", channel="email", customer=dana, brand=acme, tags=["vip", "billing"], priority=4)
    words = Words(text="My card was declined.", files=[file])
    card, _message = actions.open_ticket(opening, words, actor=customer_actor(dana))
    actions.set_team(card, frontline, actor=sam.actor)
    actions.assign(card, sam, actor=sam.actor)
    order = asks(chen, "Order", "Where is it?")
    done = answers(mia, asks(chen, "Thanks", "All is well"), then="solved")
    spam = actions.suspect(asks(chen, "Pills", "Cheap"), actor=sam.actor)

    def found(text: str) -> set[int]:
        return {row.id for row in search(sam, text).rows}

    everything = {card.pk, order.pk, done.pk}
    expected = {
        f"from:{dana.identities.first().value}": {card.pk}, "-from:dana": {order.pk, done.pk},  # type: ignore[union-attr]
        "to:front": {card.pk}, "to:none": {order.pk, done.pk}, "-to:frontline": {order.pk, done.pk},
        "assignee:me": {card.pk}, "assignee:none": {order.pk}, "assignee:Mia": {done.pk},
        "assignee:me assignee:mia": {card.pk, done.pk}, "-assignee:me": {order.pk, done.pk},
        "is:solved": {done.pk}, "is:open": {card.pk, order.pk}, "is:unanswered": {card.pk, order.pk},
        "is:unread is:unassigned": {order.pk}, "-is:open": {done.pk}, "is:spam": {spam.pk}, "-is:spam": everything,
        "is:snoozed": set(), "status:solved": {done.pk}, f"status:{order.status.name}": {card.pk, order.pk},
        "priority:urgent": {card.pk}, "-priority:urgent": {order.pk, done.pk},
        "tag:vip": {card.pk}, "tag:vip tag:billing": {card.pk}, "tag:vip tag:other": set(),
        "-tag:vip": everything - {card.pk},
        "channel:email": everything, "channel:chat": set(), f"brand:{acme.name}": {card.pk}, "org:ortiz": {card.pk},
        "after:today": everything, "before:today": set(), "before:2020 after:today": set(), "-before:today": everything,
        "has:attachment": {card.pk}, "-has:attachment": {order.pk, done.pk},
        "declined from:dana": {card.pk}, "declined -from:dana": set(), "invoice": {card.pk},
        "invoice_2026.pdf": {card.pk},
    }  # fmt: skip
    for text, tickets in expected.items():
        assert found(text) == tickets, text


def test_what_means_nothing_is_said(dana: Customer, sam: Agent) -> None:
    ticket = asks(dana)
    for text in (
        "assignee:nobodyknown",
        "is:purple",
        "before:soon",
        "has:wings",
        "status:lost",
        "from:zzz",
        "priority:9",
    ):
        found = search(sam, text)
        assert (list(found.rows), len(found.notes)) == ([], 1), text
    without = search(sam, "declined -from:zzz")
    assert ([row.id for row in without.rows], len(without.notes)) == ([ticket.pk], 1)
    assert search(sam, "colour:red declined").notes == ("colour: is not a filter and was searched as words.",)


def test_filters_alone_go_by_activity_and_in_pages(dana: Customer, sam: Agent) -> None:
    made = [asks(dana, f"Number {index}").pk for index in range(5)]
    seen, cursor = [], None
    for _turn in range(3):
        page = search(sam, "is:open", cursor=cursor, limit=2)
        seen += [row.id for row in page.rows]
        cursor = page.next
    assert (seen, cursor) == (made[::-1], None)


def test_filters_widen_nothing(dana: Customer, sam: Agent, specialists: Team) -> None:
    ticket = asks(dana)
    actions.set_team(ticket, specialists, actor=sam.actor)
    sam.sees = "teams"
    assert search(sam, "to:specialists").rows == []
    assert search(sam, "is:open", Filter(assignee_id=sam.pk)).rows == []


def test_a_merged_ticket_is_found_by_its_survivors_files(dana: Customer, sam: Agent) -> None:
    gone, stays = asks(dana, "One", "first"), asks(dana, "Two", "second")
    actions.receive(
        gone, Words(text="here", files=[stored("scan.pdf", "application/pdf", b"x")]), customer=dana,
        actor=customer_actor(dana),
    )  # fmt: skip
    actions.merge(gone, stays, actor=sam.actor)
    assert [row.id for row in search(sam, "scan").rows] == [stays.pk]
    assert [row.id for row in search(sam, "is:merged").rows] == [gone.pk]


def test_words_alone_ask_no_more_than_before(dana: Customer, sam: Agent) -> None:
    asks(dana)
    search(sam, "anything")
    with CaptureQueriesContext(connection) as plain:
        search(sam, "declined")
    with CaptureQueriesContext(connection) as typed:
        search(sam, "declined from:dana is:open priority:normal")
    assert len(typed) == len(plain) + 1
