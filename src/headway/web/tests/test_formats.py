"""How values are written on screens."""

from datetime import UTC, datetime, timedelta

import pytest

from headway.foundation import clock
from headway.web import formats

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dana Ortiz", "DO"), ("Jean-Luc Marie Picard", "JP"), ("x", "X"), ("", "?"), ("  ", "?"), ("陳大文", "陳"),
        ("ليلى حداد", "لح"), ("dana@example.com", "DE"), ("(Bob) Smith", "S"),
    ],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    assert formats.initials(name) == letters


def test_a_name_has_one_tone_for_ever() -> None:
    assert {
        formats.tone(name) for name in ("Dana", "Sam", "Mia", "Leo", "Ada", "Chen", "Li", "Vic", "Lim", "Zoe")
    } <= set(range(1, 7))
    assert formats.tone("Dana") == formats.tone("Dana")


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=20), "now"), (timedelta(minutes=8), "8 min"), (timedelta(hours=3, minutes=59), "3h"),
        (timedelta(days=2), "2d"), (timedelta(days=10), "12 Nov"), (timedelta(days=400), "18 Oct 2025"),
        (timedelta(minutes=-5), "now"),
    ],
)  # fmt: skip
def test_ago(past: timedelta, words: str) -> None:
    with clock.frozen(NOON):
        assert formats.ago(NOON - past) == words


@pytest.mark.parametrize(
    ("ahead", "words", "meaning"),
    [
        (timedelta(minutes=42), "0:42", "warning"), (timedelta(hours=3, minutes=5), "3:05", ""),
        (timedelta(days=3), "3d", ""), (timedelta(minutes=-12), "late 12 min", "danger"),
    ],
)  # fmt: skip
def test_time_left(ahead: timedelta, words: str, meaning: str) -> None:
    with clock.frozen(NOON):
        assert (formats.left(NOON + ahead), formats.urgency(NOON + ahead)) == (words, meaning)


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (820, "820 B"), (14_000, "14 kB"), (3_200_000, "3.2 MB")])
def test_sizes(size: int, words: str) -> None:
    assert formats.file_size(size) == words


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (999, "999"), (1000, "1,000+"), (1001, "1,000+")])
def test_counts_are_capped(count: int, words: str) -> None:
    assert formats.capped(count) == words


@pytest.mark.parametrize(("name", "words"), [("csv", "CSV"), ("helpscout", "Help Scout"), ("Old desk", "Old desk")])
def test_an_old_system_by_its_name(name: str, words: str) -> None:
    assert formats.system(name) == words
