"""A history as a support leader would check it: when people write, about what, who answers, and whether it adds up."""

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from headway.simulator import company, texts
from headway.simulator import happenings as sim
from headway.simulator.generate import generate
from headway.simulator.happenings import Happening, History
from headway.simulator.plan import Plan
from headway.simulator.shifts import LENGTH
from headway.tickets.rules.thanks import only_thanks
from headway.tickets.rules.transitions import Category, may_move

END = datetime(2026, 11, 20, 14, 20, tzinfo=UTC)
USUAL = Plan(end=END)
SMALL = Plan(end=END, days=14, tickets_per_day=12, agents=4, seed=5)
ZONE = ZoneInfo(company.ZONE)

DIGEST = """
import sys
from headway.simulator.tests.test_history import SMALL, digest
from headway.simulator.generate import generate
sys.stdout.write(digest(generate(SMALL)))
"""


def digest(history: History) -> str:
    """A short name for everything that was told."""
    return hashlib.sha256(repr((history.happenings, history.customers)).encode()).hexdigest()


@pytest.fixture(scope="module")
def usual() -> History:
    """Ninety days of the usual company."""
    return generate(USUAL)


def openings(history: History) -> list[sim.Opened]:
    return [happening for happening in history.happenings if isinstance(happening, sim.Opened)]


def stories(history: History) -> dict[int, list[Happening]]:
    found = defaultdict(list)
    for happening in history.happenings:
        found[happening.ticket].append(happening)
    return found


def share(chosen: Sequence[object], of: Sequence[object]) -> float:
    return len(chosen) / len(of)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_plan_tells_the_same_history(hash_seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == digest(generate(SMALL))


def test_another_seed_tells_another_one() -> None:
    assert digest(generate(replace(SMALL, seed=6))) != digest(generate(SMALL))


def test_a_day_and_a_week_have_their_shape(usual: History) -> None:
    at = [opened.at.astimezone(ZONE) for opened in openings(usual)]
    by_hour, by_weekday = Counter(moment.hour for moment in at), Counter(moment.weekday() for moment in at)
    night, morning = sum(by_hour[hour] for hour in range(5)), sum(by_hour[hour] for hour in range(8, 12))
    assert morning > 15 * night
    assert by_weekday[0] > by_weekday[2] > by_weekday[5] > by_weekday[6]
    assert len(at) / USUAL.days == pytest.approx(USUAL.tickets_per_day, rel=0.08)


def test_demand_grows(usual: History) -> None:
    plain = [opened.at for opened in openings(usual) if opened.topic not in {spike.topic for spike in company.SPIKES}]
    half = USUAL.start + timedelta(days=USUAL.days / 2)
    assert sum(at >= half for at in plain) > 1.03 * sum(at < half for at in plain)


@pytest.mark.parametrize("spike", company.SPIKES, ids=lambda spike: spike.topic)
def test_a_spike_stands_out(usual: History, spike: company.Spike) -> None:
    days = Counter(
        int((opened.at - USUAL.start) / timedelta(days=1))
        for opened in openings(usual)
        if opened.topic == spike.topic and opened.language == "en"
    )
    within = [days[day] for day in range(USUAL.days) if spike.begins <= day / USUAL.days < spike.ends]
    usual_day = mean(
        days[day] for day in range(USUAL.days) if not spike.begins - 0.02 <= day / USUAL.days < spike.ends + 0.02
    )
    assert max(within) >= 3 * max(usual_day, 0.5)


def test_matters_languages_and_channels_have_their_shares(usual: History) -> None:
    opened = [entry for entry in openings(usual) if entry.category]
    for category in company.CATEGORIES:
        found = share([entry for entry in opened if entry.category == category.key], opened)
        assert found == pytest.approx(category.share, abs=0.05), category.key
    for language, expected in company.LANGUAGES.items():
        found = share([entry for entry in opened if entry.language == language], opened)
        assert found == pytest.approx(expected, abs=0.035), language
    buckets = Counter(entry.bucket for entry in opened)
    assert 0.5 < buckets["simple"] / len(opened) < 0.68
    assert 0.08 < buckets["complex"] / len(opened) < 0.2
    assert {entry.channel for entry in opened} == set(company.CHANNELS)
    assert share([entry for entry in opened if entry.channel == "email"], opened) > 0.4


def test_every_story_adds_up(usual: History) -> None:
    """Statuses and assignees follow each other, nothing happens before the beginning, after the end or unmarked."""
    for story in stories(usual).values():
        first = story[0]
        assert isinstance(first, sim.Opened)
        status, assignee, team = sim.NEW, None, 1
        for happening in story:
            assert first.at <= happening.at < USUAL.end
            match happening:
                case sim.Moved(before=before, after=after):
                    assert before == status
                    assert may_move(Category(before), Category(after))
                    status = after
                case sim.Given(before=before, after=after):
                    assert before == assignee
                    assignee = after
                case sim.Routed(before=before, after=after):
                    assert before == team
                    team = after
                case sim.Answered(automatic=False):
                    assert status != sim.CLOSED
                    assert happening.agent == assignee
                case sim.Rated():
                    assert status == sim.SOLVED


def test_thanks_are_what_the_desk_takes_for_thanks(usual: History) -> None:
    quiet = [happening.text for happening in usual.happenings if isinstance(happening, sim.Wrote) and happening.thanks]
    assert quiet
    assert [text for text in set(quiet) if not only_thanks(text)] == []


def test_people_work_their_hours(usual: History) -> None:
    for happening in usual.happenings:
        if isinstance(happening, sim.Answered) and happening.agent is not None:
            start = usual.agents[happening.agent].start
            local = happening.at.astimezone(ZONE)
            early = min(start, 8 * 60) if local.weekday() >= 5 else start
            assert early <= local.hour * 60 + local.minute <= early + LENGTH / timedelta(minutes=1) + 150


def test_people_have_habits(usual: History) -> None:
    """They differ in how fast they answer and how soon they hand over, so that an audit finds something."""
    passed = Counter(h.agent for h in usual.happenings if isinstance(h, sim.Routed) and h.after == 2)
    answered = Counter(h.agent for h in usual.happenings if isinstance(h, sim.Answered) and h.agent is not None)
    shares = sorted(passed[agent.number] / answered[agent.number] for agent in usual.agents if agent.tier == 1)
    assert shares[-1] > 1.8 * shares[0]
    speeds = [agent.habits.speed for agent in usual.agents]
    assert max(speeds) > 1.5 * min(speeds)


def test_not_everything_goes_well(usual: History) -> None:
    kinds = [type(happening) for happening in usual.happenings]
    tickets = openings(usual)
    reopened = [
        h for h in usual.happenings if isinstance(h, sim.Moved) and h.before == sim.SOLVED and h.after == sim.OPEN
    ]
    bounced = [h for h in usual.happenings if isinstance(h, sim.Routed) and h.after == 1]
    assert 0.03 < share(reopened, tickets) < 0.16
    assert 0.005 < share(bounced, tickets) < 0.06
    assert 0.005 < share([entry for entry in tickets if entry.suspected], tickets) < 0.03
    assert any(entry.automatic for entry in tickets)
    assert sim.Reminded in kinds
    scores = Counter(h.score for h in usual.happenings if isinstance(h, sim.Rated))
    assert set(scores) == {1, 2, 3, 4, 5}
    assert 0.15 < sum(scores.values()) / len(tickets) < 0.4
    assert 0.65 < (scores[4] + scores[5]) / sum(scores.values()) < 0.9


@pytest.mark.parametrize(
    "end", [END, datetime(2026, 11, 22, 2, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)]
)
def test_the_inbox_is_alive_at_the_end(end: datetime) -> None:
    history = generate(Plan(end=end, days=30))
    status = {entry.ticket: sim.NEW for entry in openings(history) if not entry.suspected}
    for happening in history.happenings:
        if isinstance(happening, sim.Moved) and happening.ticket in status:
            status[happening.ticket] = happening.after
    standing = Counter(status.values())
    assert standing[sim.NEW] + standing[sim.OPEN] >= 5
    assert standing[sim.WAITING] >= 15
    assert end - max(entry.at for entry in openings(history)) <= timedelta(minutes=10)


def test_a_newcomer_sees_lists_in_use(usual: History) -> None:
    partly = 0
    for story in stories(usual).values():
        items = [len(each.items) for each in story if isinstance(each, sim.Listed)]
        ticked = [each.place for each in story if isinstance(each, sim.Ticked)]
        assert len(items) <= 1
        assert ticked == list(range(len(ticked)))
        assert len(ticked) <= sum(items)
        moves = [each.after for each in story if isinstance(each, sim.Moved)]
        partly += 0 < len(ticked) < sum(items) and moves[-1:] not in ([sim.SOLVED], [sim.CLOSED])
    assert partly >= 5


def test_a_page_of_fifty_does_not_read_as_copies(usual: History) -> None:
    opened = openings(usual)
    for start in range(0, len(opened) - 50, 50):
        page = opened[start : start + 50]
        assert len({entry.text for entry in page}) >= 49
        assert len({entry.subject for entry in page}) >= 30


def test_nothing_is_left_unsaid(usual: History) -> None:
    for happening in usual.happenings:
        text = getattr(happening, "text", None)
        if text is not None:
            assert text.strip()
            assert "{" not in text
            assert not texts.MARKED.match(text)


def test_parameters_are_kept() -> None:
    history = generate(replace(SMALL, languages=("de", "es")))
    assert {entry.language for entry in openings(history) if entry.category} == {"de", "es"}
    assert len(history.agents) == SMALL.agents
    with pytest.raises(ValueError, match="no texts"):
        replace(SMALL, languages=("tlh",))
    with pytest.raises(ValueError, match="needs"):
        replace(SMALL, agents=0)
    with pytest.raises(ValueError, match="zone"):
        replace(SMALL, end=datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_history_can_have_one_agent_or_fifty() -> None:
    for count in (1, 2, 50):
        history = generate(replace(SMALL, agents=count))
        answered = {h.agent for h in history.happenings if isinstance(h, sim.Answered) and h.agent is not None}
        assert answered
        assert len({agent.email for agent in history.agents}) == count
