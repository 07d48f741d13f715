"""Generated desks: what findings say is what slow, obvious Python says, and the same wherever it is shown."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.insight.exported import as_json
from headway.insight.kept import keep, revive
from headway.insight.reading.staged import Event, Ticket
from headway.insight.tests import desk_reference, frontline_reference, inflow_reference
from headway.insight.tests.audited import CUSTOMERS, ZONE, audited
from headway.insight.tests.desk_reference import Desk
from headway.insight.tests.histories import DAY, HOUR, MINUTE, MONDAY

TIERS = {"Frontline": 1, "Billing": 1, "Experts": 2, "Engineering": 3}
KINDS = ("replied", "replied", "status", "status", "note", "assigned", "escalated", "received", "step")
STATUSES = ("open", "waiting", "hold", "solved", "solved", "closed")
GAPS = st.sampled_from((0, MINUTE, 4 * MINUTE, 9 * MINUTE, 20 * MINUTE, HOUR, 9 * HOUR, 2 * DAY, 7 * DAY, 15 * DAY))


@st.composite
def desks(draw: Any) -> tuple[list[Event], list[Ticket]]:
    """A dozen tickets of three customers, that four teams of three tiers hand to each other."""
    tickets, events = [], []
    for number in range(draw(st.integers(4, 12))):
        name = f"T{number}"
        customer, category = (
            draw(st.sampled_from(("dana", "li", "eve", None))),
            draw(st.sampled_from((None, "Access", "Bugs"))),
        )
        origin = draw(st.sampled_from((None, None, None, "customer", "spam", "merged", "machine", "proactive")))
        tickets.append(Ticket(ticket=name, origin=origin, customer=customer, category=category))
        clock = MONDAY + draw(st.integers(0, 40)) * DAY + number * MINUTE
        begun = Event(ticket=name, at_ms=clock, kind="created", status="open", actor_kind="customer", actor=customer)
        events.append(replace(begun, team=draw(st.sampled_from((None, *TIERS)))))
        if not number:  # a status that is no begin and no end: the source records them
            events.append(Event(ticket=name, at_ms=clock, kind="status", status="open"))
        for _step in range(draw(st.integers(0, 8))):
            clock += draw(GAPS)
            kind = draw(st.sampled_from(KINDS))
            who = "customer" if kind == "received" else "agent"
            made = Event(ticket=name, at_ms=clock, kind=kind, activity=kind, actor_kind=who)
            team = draw(st.sampled_from(tuple(TIERS))) if kind in ("assigned", "escalated") else None
            status = draw(st.sampled_from(STATUSES)) if kind == "status" else None
            actor = customer if who == "customer" else draw(st.sampled_from(("sam", "ada", "mo")))
            events.append(
                replace(made, status=status, actor=actor, team=team, length=120 if kind == "replied" else None)
            )
    return events, tickets


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(desks(), st.sampled_from((TIERS, TIERS, {})))
def test_the_whole_desk_is_what_the_definitions_say(
    made: tuple[list[Event], list[Ticket]], tiers: dict[str, int]
) -> None:
    result = audited(*made, tiers)
    whole = desk_reference.desk(*made, tiers)
    if result is None:
        assert not whole.stories
        return
    told = as_json(result)
    # shown in the desk, printed by the command: the same object, also after it was kept in the database
    kept = as_json(revive(keep(result)))
    assert {key: kept[key] for key in told if key not in NOT_KEPT} == {
        key: told[key] for key in told if key not in NOT_KEPT
    }
    assert told["counted"] == len(whole.stories)
    assert sum(one["count"] for one in told["excluded"]) == len(made[1]) - len(whole.stories)
    _compare(told, whole)
    _compare_frontline(told, whole, wrote=any(event.kind == "replied" for event in made[0]))
    _compare_inflow(told, whole)


NOT_KEPT = {
    "read",
    "problems",
    "out_of_order",
    "assumed_silent_days",
    "category_from",
    "category_share",
}  # of files alone


def _compare(told: dict[str, Any], whole: Desk) -> None:
    due, first, again = desk_reference.first_contact(whole)
    if figures := told["first_contact"].get("figures"):
        assert told["first_contact"]["sample"] == due
        assert figures["first_contact_share"] == pytest.approx(first / due)
        assert figures["again_share"] == pytest.approx(again / due)
    unresolved, ages = desk_reference.backlog(whole)
    if figures := told["backlog"].get("figures"):
        assert (figures["unresolved"], figures["ours"]) == (unresolved, len(ages))
        assert figures["ours_age_median_ms"] == (ages[(len(ages) - 1) // 2] if ages else None)
    solved, back = desk_reference.reopened(whole)
    if figures := told["reopens"].get("figures"):
        assert (figures["solved"], figures["reopened"]) == (solved, back)
    ups, both, touched = desk_reference.escalated(whole)
    if figures := told["escalations"].get("figures"):
        assert figures["escalated"] == ups
        assert figures["escalated_share"] == (pytest.approx(both / max(touched, 1)) if whole.tiers else None)
    buckets = desk_reference.complexity(whole)
    if figures := told["leverage"].get("figures"):
        worked = sum(tickets for name, (tickets, _ms) in buckets.items() if name != "untouched")
        spent = sum(ms for _tickets, ms in buckets.values())
        for name in ("simple", "complex"):
            tickets, ms = buckets.get(name, (0, 0))
            assert figures[f"{name}_share"] == pytest.approx(tickets / worked)
            assert figures[f"{name}_time_share"] == pytest.approx(ms / spent)
        assert figures["untouched"] == buckets.get("untouched", (0, 0))[0]
    if figures := told["responses"].get("figures"):
        for name, (median, slow) in desk_reference.waits(whole).items():
            assert figures[f"{name}_median_ms"] == median
            assert figures.get(f"{name}_p90_ms", slow) == slow
    if figures := told["cost"].get("figures"):
        shares = desk_reference.cost(whole)
        parts = {row["category"]: row["cost"] for row in told["cost"]["tables"]["categories"]}
        assert parts == pytest.approx({name: part * figures["total"] for name, part in shares.items()})
        assert sum(parts.values()) == pytest.approx(figures["total"])
        resolved = sum(1 for story in whole.stories if story.facts.resolved_ms is not None)
        assert figures["per_resolved"] == pytest.approx(figures["total"] / resolved)
        assert figures["per_created"] == pytest.approx(figures["total"] / len(whole.stories))


def _compare_frontline(told: dict[str, Any], whole: Desk, *, wrote: bool) -> None:
    if figures := told["escalations"].get("figures"):
        assert (figures["transfers"], figures["returned"]) == frontline_reference.returned(whole)
        passed = frontline_reference.handovers(whole)
        parts = {"premature": passed.early, "retriaged": passed.again, "asked_again": passed.asked}
        if any(event.kind == "note" for story in whole.stories for event in story.events):
            parts["incomplete"] = passed.all - passed.told
        for name, n in parts.items():
            known = passed.all and (name != "asked_again" or wrote)
            assert figures[f"{name}_share"] == (pytest.approx(n / passed.all) if known else None)
        waits = sorted(passed.waits)
        assert figures["received_median_ms"] == (waits[(len(waits) - 1) // 2] if waits else None)
    if figures := told["capacity"].get("figures"):
        simple_low, simple_high, _rework, rework_high = frontline_reference.preventable(whole)
        low, high = (sum(story.facts.handle[end] for story in whole.stories) for end in ("low", "high"))
        assert figures["preventable_share_low"] == pytest.approx(simple_low // 2 / max(low, 1))
        assert figures["preventable_share_high"] == pytest.approx((simple_high + rework_high) / max(high, 1))


def _compare_inflow(told: dict[str, Any], whole: Desk) -> None:
    weeks = inflow_reference.weeks(whole, ZONE)
    assert ("figures" in told["trends"]) == (len(weeks) >= 4)
    if figures := told["trends"].get("figures"):
        shown = [tuple(row[name] for name in row if name != "week") for row in told["trends"]["tables"]["weeks"]]
        assert shown == [(week.created, week.resolved, week.open) for week in weeks]
        mean = sum(week.created for week in weeks) / len(weeks)
        rise = inflow_reference.rise([week.created for week in weeks])
        assert (figures["per_week"], figures["weeks"]) == (pytest.approx(mean), len(weeks))
        assert figures["change_year_share"] == pytest.approx(rise * 52 / mean if mean else 0)
        assert figures["busiest_weekday_share"] == pytest.approx(inflow_reference.busiest(whole, ZONE))
        assert figures["office_share"] == pytest.approx(inflow_reference.office(whole, ZONE))
    if figures := told["contact_rate"].get("figures"):
        expected = inflow_reference.contacts(whole, CUSTOMERS)
        assert {name: figures[name] for name in expected} == pytest.approx(expected)
