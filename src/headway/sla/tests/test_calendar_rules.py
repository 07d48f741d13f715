from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from headway.sla.rules import hours
from headway.sla.rules.calendars import (
    Calendar,
    NeverOpen,
    Shift,
    add_open_time,
    always_open,
    is_open,
    next_open,
    open_between,
)
from headway.sla.tests import reference
from headway.sla.tests.strategies import days, places

Place = tuple[Calendar, datetime]
WEEK = hours.week("mon-fri 09:00-12:30 13:30-18:00; sat 10:00-14:00")
BERLIN = Calendar(
    "Europe/Berlin",
    WEEK,
    {date(2025, 12, 24): hours.day("09:00-12:00"), date(2025, 12, 25): (), date(2025, 12, 26): ()},
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(places(), st.integers(0, 3 * 1440))
def test_open_time_is_the_number_of_open_minutes(place: Place, minutes: int) -> None:
    calendar, start = place
    end = start + timedelta(minutes=minutes)
    assert open_between(calendar, start, end) == timedelta(minutes=reference.minutes_open(calendar, start, end))


@settings(deadline=None)
@given(places(), st.integers(0, 1200))
def test_adding_open_time_walks_the_open_minutes(place: Place, minutes: int) -> None:
    calendar, start = place
    give_up = start + timedelta(days=9)
    expected = reference.walk(calendar, start, minutes, give_up)
    try:
        found = add_open_time(calendar, start, timedelta(minutes=minutes))
    except NeverOpen:
        assert expected is None
    else:
        assert found == expected if expected else found > give_up


@given(places(), st.timedeltas(timedelta(), timedelta(hours=30)))
def test_adding_and_measuring_agree_to_the_microsecond(place: Place, duration: timedelta) -> None:
    calendar, start = place
    assume(any(calendar.week))
    assert open_between(calendar, start, add_open_time(calendar, start, duration)) == duration


@given(places(), st.integers(0, 4000), st.integers(0, 4000))
def test_open_time_adds_up(place: Place, first: int, second: int) -> None:
    calendar, start = place
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    parts = open_between(calendar, start, middle) + open_between(calendar, middle, end)
    assert open_between(calendar, start, end) == parts


@given(places())
def test_is_open_and_next_open_agree_with_the_wall(place: Place) -> None:
    calendar, moment = place
    assert is_open(calendar, moment) == reference.wall_is_open(calendar, moment)
    assume(any(calendar.week))
    opens = next_open(calendar, moment)
    assert is_open(calendar, opens)
    assert open_between(calendar, moment, opens) == timedelta()


@given(days())
def test_hours_are_read_as_they_are_written(day: tuple[Shift, ...]) -> None:
    assert sum(s.closes - s.opens for s in hours.day(hours.written(day))) == sum(s.closes - s.opens for s in day)


@pytest.mark.parametrize(
    ("start", "given_hours", "due"),
    [
        pytest.param("2025-06-02T09:00+02:00", 3.5, "2025-06-02T12:30+02:00", id="ends with its shift, not the next"),
        pytest.param("2025-06-02T09:00+02:00", 4, "2025-06-02T14:00+02:00", id="lunch break"),
        pytest.param("2025-06-02T20:00+02:00", 1, "2025-06-03T10:00+02:00", id="arrives at night"),
        pytest.param("2025-06-06T17:00+02:00", 2, "2025-06-07T11:00+02:00", id="Friday evening to short Saturday"),
        pytest.param("2025-06-07T13:00+02:00", 2, "2025-06-09T10:00+02:00", id="over the weekend"),
        pytest.param("2025-12-24T11:00+01:00", 2, "2025-12-27T11:00+01:00", id="half and full holidays"),
        pytest.param("2025-03-29T13:00+01:00", 2, "2025-03-31T10:00+02:00", id="over the change to summer time"),
    ],
)
def test_named_spans_of_a_desk_in_berlin(start: str, given_hours: float, due: str) -> None:
    assert add_open_time(BERLIN, at(start), timedelta(hours=given_hours)) == at(due)


@pytest.mark.parametrize(
    ("zone", "night", "shift", "expected_hours"),
    [
        pytest.param("Europe/Berlin", "2025-03-30", "01:00-04:00", 2, id="skipped hour is never open"),
        pytest.param("Europe/Berlin", "2025-03-30", "02:00-03:00", 0, id="shift inside the skipped hour"),
        pytest.param("Europe/Berlin", "2025-10-26", "01:00-04:00", 4, id="repeated hour is open twice"),
        pytest.param("Europe/Berlin", "2025-10-26", "00:00-24:00", 25, id="long day"),
        pytest.param("America/Sao_Paulo", "2018-11-04", "00:00-24:00", 23, id="midnight does not exist"),
        pytest.param("Australia/Lord_Howe", "2025-04-06", "01:00-03:00", 2.5, id="half-hour change"),
        pytest.param("Pacific/Apia", "2011-12-30", "00:00-24:00", 0, id="a day skipped whole"),
    ],
)
def test_hours_of_a_night_when_the_clocks_change(zone: str, night: str, shift: str, expected_hours: float) -> None:
    day = date.fromisoformat(night)
    calendar = Calendar(zone, ((),) * 7, {day: hours.day(shift)})
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = noon - timedelta(days=2), noon + timedelta(days=2)
    assert open_between(calendar, *around) == timedelta(hours=expected_hours)


def test_a_shift_over_midnight_belongs_to_both_days() -> None:
    nights = Calendar("Europe/Madrid", hours.week("fri 22:00-06:00"), {date(2025, 6, 7): ()})
    assert is_open(nights, at("2025-06-06T23:00+02:00"))
    assert not is_open(nights, at("2025-06-07T01:00+02:00")), "Saturday is a holiday"
    assert is_open(nights, at("2025-06-14T01:00+02:00"))


def test_always_open_is_plain_time_and_an_empty_desk_never_opens() -> None:
    start = at("2025-03-29T23:00+00:00")
    assert add_open_time(always_open("Europe/Berlin"), start, timedelta(hours=8)) == start + timedelta(hours=8)
    for calendar in (
        Calendar("UTC", ((),) * 7),
        Calendar("UTC", ((),) * 7, {date(2020, 1, 1): hours.day("09:00-17:00")}),
    ):
        with pytest.raises(NeverOpen):
            add_open_time(calendar, start, timedelta(minutes=1))


@pytest.mark.parametrize("wrong", ["mon 9-17", "mon 25:00-26:00", "someday 09:00-17:00", "mon 09:61-10:00"])
def test_unreadable_hours_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"written|run from"):
        hours.week(wrong)


def test_what_cannot_be_meant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Calendar("Europe/Atlantis", WEEK)
    with pytest.raises(ValueError, match="seven days"):
        Calendar("UTC", WEEK[:5])
    with pytest.raises(ValueError, match="overlap"):
        Calendar("UTC", ((Shift(0, 60), Shift(30, 90)), *WEEK[1:]))
    with pytest.raises(ValueError, match="time zone"):
        open_between(BERLIN, datetime(2025, 1, 1), at("2025-01-02T00:00+00:00"))  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        add_open_time(BERLIN, at("2025-01-02T00:00+00:00"), timedelta(minutes=-1))
