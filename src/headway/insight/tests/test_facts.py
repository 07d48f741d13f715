"""Generated histories: what the SQL finds is what slow, obvious Python finds."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.insight.reading.staged import Event
from headway.insight.tests import reference
from headway.insight.tests.histories import DAY, MONDAY, lake_of

KINDS = ("status", "replied", "note", "assigned", "step", "escalated", "received")
STATUSES = (None, None, "open", "waiting", "hold", "solved", "closed")
GAPS = st.sampled_from(
    (0, 1, 30_000, 479_999, 480_000, 600_000, 900_000, 900_001, 1_800_000, 5_000_000, DAY, 3 * DAY, 14 * DAY)
)


@st.composite
def histories(draw: Any) -> list[Event]:
    """A few tickets of a few people, with the moments at which definitions change their mind."""
    events: list[Event] = []
    clock = MONDAY
    tickets = [f"T{n}" for n in range(draw(st.integers(1, 4)))]
    for ticket in tickets:
        events.append(
            Event(ticket=ticket, at_ms=clock, kind="created", status="open", actor_kind="customer", actor="dana")
        )
        clock += draw(GAPS)
    # a status that is no begin and no end: the source records them
    events.append(Event(ticket=tickets[0], at_ms=clock, kind="status", status="open", actor_kind="system"))
    for _step in range(draw(st.integers(0, 30))):
        clock += draw(GAPS)
        kind = draw(st.sampled_from(KINDS))
        who = "customer" if kind == "received" else draw(st.sampled_from(("agent", "agent", "agent", "system")))
        actor = {"customer": "dana", "system": None}.get(who, draw(st.sampled_from(("sam", "li", "ada"))))
        events.append(
            Event(
                ticket=draw(st.sampled_from(tickets)),
                at_ms=clock,
                kind=kind,
                activity=kind,
                status=draw(st.sampled_from(STATUSES)),
                actor_kind=who,
                actor=actor,
                length=draw(st.sampled_from((None, 0, 199, 200, 800))),
                courtesy=draw(st.sampled_from((0, 0, 0, 1))) if kind == "received" else 0,
            )
        )
    return events


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_each_ticket_is_what_the_definitions_say(events: list[Event]) -> None:
    expected = reference.facts(events)
    with lake_of(events) as lake:
        rows = lake.rows(
            "SELECT t.source_id, f.resolved_ms, f.solves, f.reopens, f.handoffs, f.backs, f.low_ms, f.mid_ms, "
            "f.high_ms, "
            "f.our_turns, f.their_turns, f.genuine_ms, f.bucket, f.first_reply_ms, f.first_touch_ms, "
            "f.us_ms, f.idle_ms, f.customer_ms, f.others_ms, f.settled_ms "
            "FROM facts AS f JOIN tickets AS t ON t.ticket_id = f.ticket_id"
        )
    assert {row[0] for row in rows} == set(expected)
    for ticket, resolved, solves, reopens, handoffs, backs, low, mid, high, ours, theirs, *more in rows:
        wanted = expected[ticket]
        assert (resolved, solves, reopens) == (wanted.resolved_ms, wanted.solves, wanted.reopens)
        assert (handoffs, backs) == (wanted.handoffs, wanted.backs)
        assert {"low": low, "mid": mid, "high": high} == wanted.handle
        assert (ours, theirs) == (wanted.our_turns, wanted.their_turns)
        genuine, bucket, first_reply, first_touch, *waits = more
        assert (genuine, bucket) == (wanted.genuine, wanted.bucket)
        assert (first_reply, first_touch) == (wanted.first_reply_ms, wanted.first_touch_ms)
        parts = [wanted.waits.get(name, 0) for name in ("us", "idle", "customer", "others", "done")]
        assert [int(part or 0) for part in waits] == parts
        if resolved is not None:
            begun = min(event.at_ms for event in events if event.ticket == ticket)
            assert sum(parts) == resolved - begun
