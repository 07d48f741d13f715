"""Generated frontlines: how differently people handle the same kind of ticket is what slow, obvious Python says."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.insight.exported import as_json
from headway.insight.reading.staged import Event, Ticket
from headway.insight.rules.spread import spread
from headway.insight.tests import desk_reference, frontline_reference
from headway.insight.tests.audited import audited
from headway.insight.tests.frontline_reference import index
from headway.insight.tests.histories import MINUTE, MONDAY

PEOPLE = ("sam", "ada", "mo", "li")
# one name for what two kinds of entries say, and a name that begins like another
STEPS = (("status", "update"), ("assigned", "update"), ("note", "note"), ("step", "3 checks"), ("replied", "reply"))


def _frontline(seed: int) -> tuple[list[Event], list[Ticket]]:
    """Tickets of two categories, each person with a habit of their own, stronger or weaker."""
    rng = random.Random(seed)
    tickets = [Ticket(ticket=f"T{n}", customer=f"c{n}", category=rng.choice(("Access", None))) for n in range(90)]
    habits = {who: [rng.random() ** 4 for _step in STEPS] for who in PEOPLE}
    return list(_events(rng, tickets, habits)), tickets


def _events(rng: random.Random, tickets: list[Ticket], habits: dict[str, list[float]]) -> Iterator[Event]:
    for n, ticket in enumerate(tickets):
        name, clock = ticket.ticket, MONDAY + n * 90 * MINUTE
        yield Event(ticket=name, at_ms=clock, kind="created", status="open", actor_kind="customer", actor=f"c{n}")
        who = rng.choice(PEOPLE)
        for kind, activity in rng.choices(STEPS, habits[who], k=rng.choice((0, 1, 2, 2, 3))):
            clock += rng.choice((0, 1, 2, 30)) * MINUTE
            yield Event(ticket=name, at_ms=clock, kind=kind, activity=activity, actor_kind="agent", actor=who)
            who = who if rng.random() < 0.9 else rng.choice(PEOPLE)
    yield Event(ticket="T0", at_ms=MONDAY, kind="status", status="open")


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_people_differ_as_far_as_the_definition_says(seed: int) -> None:
    _check(seed)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_people_differ_as_far_as_the_definition_says_at_length(seed: int) -> None:
    _check(seed)


def _check(seed: int) -> None:
    made = _frontline(seed)
    result = audited(*made, {})
    assert result is not None
    told = as_json(result)["variability"]
    whole = desk_reference.desk(*made, {})
    first = {kind: found for kind, rows in frontline_reference.first_steps(whole).items() if (found := index(rows))}
    assert ("figures" in told) == bool(first)
    if not first:
        return
    figures = told["figures"]
    sizes = sum(tickets for _figure, _ends, tickets in first.values())
    assert figures["index"] == pytest.approx(sum(one[0] * one[2] for one in first.values()) / sizes)
    assert (figures["cells"], told["sample"]) == (len(first), sizes)
    assert figures["worst_index"] == pytest.approx(max(one[0] for one in first.values()))
    for row in told["tables"].get("kinds", []):
        _same(row, first[_kind(row["kind"])])
    steps = frontline_reference.steps_anywhere(whole)
    ever = {kind: {step: index(rows) for step, rows in own.items()} for kind, own in steps.items()}
    best = {kind: max(one[0] for one in own.values() if one) for kind, own in ever.items() if any(own.values())}
    assert figures["anywhere_index"] == (pytest.approx(max(best.values())) if best else None)
    for row in told["tables"].get("steps", []):
        kind = _kind(row["kind"])
        _same(row, ever[kind][row["step"]], row["step"])
        assert row["index"] == pytest.approx(best[kind])


def _kind(written: str) -> tuple[str, str]:
    category, bucket = written.rsplit(", ", 1)
    return ("" if category == "(none)" else category), bucket


def _same(row: dict[str, Any], found: tuple[float, dict[str, tuple[float, float]], int] | None, *steps: str) -> None:
    """The row is what was found, and its step the one (of these) at which people are farthest apart."""
    assert found is not None
    figure, ends, tickets = found
    assert (row["index"], row["tickets"]) == (pytest.approx(figure), tickets)
    assert (row["least"], row["most"]) == pytest.approx(ends[row["step"]])
    widest = max(most - least for step, (least, most) in ends.items() if not steps or step in steps)
    assert row["most"] - row["least"] == pytest.approx(widest)


def test_one_and_nought_are_what_they_are_said_to_be() -> None:
    apart = spread({who: {f"own {who}": 12} for who in range(3)}, 10, 3)
    alike = spread({who: {"reply": 8, "note": 4} for who in range(3)}, 10, 3)
    assert apart is not None
    assert alike is not None
    assert apart.index == pytest.approx(1.0)
    assert alike.index == 0.0
