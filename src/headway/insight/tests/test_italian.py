"""A real log: counts, paths, hand-offs and durations against an independent reading of the same file."""

import gzip
import itertools
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from headway.insight.audit import run
from headway.insight.findings.finding import Found
from headway.insight.result import Result, Wanted

WHERE = "shared/data/history/italian_helpdesk.xes.gz"
LOG = next((parent / WHERE for parent in Path(__file__).parents if (parent / WHERE).exists()), Path(WHERE))

pytestmark = pytest.mark.skipif(not LOG.exists(), reason=f"{WHERE} is absent beside the checkout")

SOLVED = {"Resolve ticket", "RESOLVED"}
DONE = {*SOLVED, "Closed"}
SILENT = {"VERIFIED", "INVALID", "DUPLICATE"}  # they change no status
Step = tuple[str, str, int]


@pytest.fixture(scope="module")
def result() -> Result:
    return run([LOG], Wanted(), lambda _part, _done: None)


@pytest.fixture(scope="module")
def traces() -> list[list[Step]]:
    """Activity, resource and second of each event, by a reading that shares nothing with the reader."""
    text = gzip.decompress(LOG.read_bytes()).decode()
    value = {
        name: re.compile(rf'key="{name}" value="([^"]*)"')
        for name in ("concept:name", "org:resource", "time:timestamp")
    }
    found = []
    for trace in text.split("<trace>")[1:]:
        steps = []
        for event in trace.split("<event>")[1:]:
            name, who, when = (pattern.search(event) for pattern in value.values())
            assert name
            assert who
            assert when
            steps.append((name[1], who[1], int(datetime.fromisoformat(when[1]).timestamp())))
        found.append(sorted(steps, key=lambda step: step[2]))
    return found


def _figures(result: Result, key: str) -> dict[str, Any]:
    found = result.findings[key][1]
    assert isinstance(found, Found)
    return dict(found.figures)


def test_counts_and_paths(result: Result, traces: list[list[Step]]) -> None:
    assert (result.tickets, result.events) == (len(traces), sum(map(len, traces))) == (4580, 21348)
    paths = Counter(tuple(step[0] for step in trace) for trace in traces)
    figures = _figures(result, "lifecycle")
    assert figures["paths"] == len(paths) == 226
    assert figures["main_path_share"] == pytest.approx(max(paths.values()) / len(traces))


def test_what_follows_what(result: Result, traces: list[list[Step]]) -> None:
    follows: dict[tuple[str, str], list[int]] = {}
    for trace in traces:
        for (before, _a, start), (after, _b, end) in itertools.pairwise(trace):
            follows.setdefault((before, after), []).append(end - start)
    found = result.findings["lifecycle"][1]
    assert isinstance(found, Found)
    table = next(table for table in found.tables if table.key == "map")
    assert len(table.rows) > 20
    for here, there, times, median, _p90 in table.rows:
        gaps = sorted(follows[str(here), str(there)])
        assert times == len(gaps)
        assert median == gaps[(len(gaps) - 1) // 2] * 1000


def test_hand_offs_and_durations(result: Result, traces: list[list[Step]]) -> None:
    handoffs = bounced = 0
    durations = []
    for trace in traces:
        holders: list[str] = []
        state, resolved, worked = "", None, set()
        for name, who, when in trace:
            before = state
            state = state if name in SILENT else "done" if name in DONE else "open"
            if state == "done" and before != "done":
                resolved = when
            if name == "Closed" and before == "done":
                continue  # adds nothing
            if (who, when) in worked:
                continue  # the same instant is one action
            worked.add((who, when))
            if holders and holders[-1] != who:
                handoffs += 1
                bounced += who in holders
            holders.append(who)
        if state == "done" and resolved is not None:
            durations.append(resolved - trace[0][2])
    figures = _figures(result, "handoffs")
    assert (figures["handoffs"], figures["ping_pong"]) == (handoffs, bounced)
    durations.sort()
    responses = _figures(result, "responses")
    assert responses["resolution_median_ms"] == durations[(len(durations) - 1) // 2] * 1000
    assert _figures(result, "time_by_state")["mean_ms"] == sum(durations) * 1000 // len(durations)


def test_what_a_log_without_messages_cannot_tell_is_off(result: Result) -> None:
    off = {key for key, (_spec, found) in result.findings.items() if not isinstance(found, Found)}
    assert off == {"cost", "exchanges", "first_contact", "questions"}
