"""What each kind of entry is in the lake."""

from typing import Any

import pytest

from headway.events.event import kinds
from headway.insight.rules.entries import STEPS, Told, row, undone
from headway.insight.rules.people import person_id

AT_MS = 1_793_620_800_000


def _told(kind: str, who: str = "agent", **data: Any) -> Told:
    return Told(9, 7, AT_MS, kind, who, 5, data)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (_told("ticket.created", "customer", customer_id=4), ("created", "created", "open", "customer", 4 * 8 + 2)),
        (_told("ticket.created", customer_id=4), ("created", "created", "open", "agent", 5 * 8 + 1)),
        (_told("message.received", "customer", customer_id=4), ("received", "customer wrote", None, "customer", 34)),
        (_told("message.written"), ("replied", "replied", None, "agent", 41)),
        (
            _told("message.written", "system", automatic=True),
            ("replied", "answered by itself", None, "automation", None),
        ),
        (_told("note.written"), ("note", "note", None, "agent", 41)),
        (
            _told("ticket.status_changed", from_category="open", to_category="hold", reason=""),
            ("status", "hold", "hold", "agent", 41),
        ),
        (
            _told("ticket.status_changed", from_category="solved", to_category="open", reason=""),
            ("status", "reopened", "open", "agent", 41),
        ),
        (_told("ticket.assigned", to_agent=5), ("assigned", "taken", None, "agent", 41)),
        (_told("ticket.assigned", to_agent=6), ("assigned", "assigned", None, "agent", 41)),
        (_told("ticket.assigned", to_agent=None), ("assigned", "unassigned", None, "agent", 41)),
        (_told("ticket.worked", active_ms=9000), ("worked", "worked", None, "agent", 41)),
        (_told("ticket.tagged"), ("step", "tagged", None, "agent", 41)),
    ],
)
def test_each_is_what_the_readers_of_files_would_make_of_it(told: Told, expected: tuple[object, ...]) -> None:
    found = row(told)
    assert found is not None
    assert (found.kind, found.activity, found.status, found.actor_kind, found.actor_id) == expected
    assert (found.event_id, found.ticket_id, found.at_ms) == (9, 7, 1_793_620_800_000)


@pytest.mark.parametrize(
    "told",
    [
        _told("message.received", "customer", first=True),
        _told("message.received", "customer", held=True),
        _told("ticket.status_changed", from_category="waiting", to_category="open", reason="undo"),
        _told("ticket.status_changed", from_category="new", to_category="open", reason=""),
        _told("ticket.solved"),
        _told("message.sent"),
    ],
)
def test_what_is_no_step_of_a_history_leaves_nothing(told: Told) -> None:
    assert row(told) is None


def test_steps_are_kinds_that_exist() -> None:
    assert set(STEPS) - set(kinds()) == set()


def test_what_is_taken_back_names_its_entries() -> None:
    assert undone(_told("message.taken_back", undone_ids=[3, 4])) == (3, 4)
    assert undone(_told("message.written", undone_ids=[3])) == ()


def test_ids_of_different_kinds_never_meet() -> None:
    ids = {person_id(kind, number) for kind in ("agent", "customer", "team") for number in range(50)}
    assert len(ids) == 150
    assert person_id("agent", None) is None
