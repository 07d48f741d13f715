"""Arbitrary calendars and ticket histories: split shifts, holidays, and zones that change their clocks oddly."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from headway.sla.rules.calendars import Calendar, Day, Shift
from headway.sla.rules.clocks import Fact, Governed, Moved, Prioritised, Replied, Wrote
from headway.sla.rules.targets import Key, Policy, Target

# Around these days something happens to the clocks of that zone: an hour skipped or repeated at night, at midnight,
# a half-hour change, a whole day skipped, and a place where nothing ever happens.
MOMENTS = [
    ("Europe/Berlin", datetime(2025, 3, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2025, 10, 26, tzinfo=UTC)),
    ("America/New_York", datetime(2024, 11, 3, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, tzinfo=UTC)),
    ("America/St_Johns", datetime(2010, 11, 7, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2025, 4, 6, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, tzinfo=UTC)),
    ("Asia/Kathmandu", datetime(2025, 6, 1, tzinfo=UTC)),
]


@st.composite
def days(draw: st.DrawFn) -> Day:
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    return tuple(Shift(a * 15, b * 15) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn, zone: str, around: datetime) -> Calendar:
    dates = st.integers(-3, 3).map(lambda offset: (around + timedelta(days=offset)).date())
    week = draw(st.tuples(*[days()] * 7))
    return Calendar(zone, week, draw(st.dictionaries(dates, days(), max_size=3)))


@st.composite
def places(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """A calendar and a moment within two days of a change of its clocks."""
    zone, around = draw(st.sampled_from(MOMENTS))
    start = around + timedelta(minutes=draw(st.integers(-2 * 1440, 2 * 1440)))
    return draw(calendars(zone, around)), start


def allowances() -> st.SearchStrategy[timedelta | None]:
    return st.one_of(st.none(), st.integers(0, 900).map(lambda minutes: timedelta(minutes=minutes)))


@st.composite
def policies(draw: st.DrawFn, zone: str, around: datetime) -> Policy:
    keys: st.SearchStrategy[Key] = st.tuples(st.sampled_from(["chat", None]), st.sampled_from(["urgent", None]))
    targets = st.builds(Target, first=allowances(), next=allowances(), calendar=calendars(zone, around))
    return Policy(draw(st.dictionaries(keys, targets, min_size=1, max_size=3)))


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A governed ticket and up to twelve further facts within three days, in order of time."""
    zone, around = draw(st.sampled_from(MOMENTS))
    start = around - timedelta(days=1, minutes=draw(st.integers(0, 600)))
    facts: list[Fact] = [Governed(start, draw(policies(zone, around)))]
    for step in draw(st.lists(st.integers(0, 400), max_size=12)):
        at = facts[-1].at + timedelta(minutes=step)
        when = st.just(at)
        fact: Fact = draw(
            st.one_of(
                st.builds(Wrote, when, st.sampled_from(["email", "chat"])),
                st.builds(Replied, when),
                st.builds(Moved, when, st.sampled_from(["new", "open", "waiting", "hold", "solved"])),
                st.builds(Prioritised, when, st.sampled_from(["normal", "urgent"])),
                st.builds(Governed, when, policies(zone, around)),
            )
        )
        facts.append(fact)
    return facts
