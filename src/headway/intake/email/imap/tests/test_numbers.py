"""Sets of UIDs, against Python's own sets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.intake.email.imap.numbers import LARGEST, Numbers

small = st.sets(st.integers(1, 60))
any_set = st.sets(st.integers(1, LARGEST), max_size=20)


def asked(question: str, server: set[int]) -> set[int]:
    """What a server with these mails answers to a sequence set (RFC 3501): `n:*` is never empty."""
    last = max(server, default=0)
    found: set[int] = set()
    for part in question.split(","):
        first, colon, end = part.partition(":")
        low = int(first)
        high = (last if end == "*" else int(end)) if colon else low
        found |= {number for number in server if min(low, high) <= number <= max(low, high)}
    return found


@given(any_set)
def test_what_is_written_is_read_again(numbers: set[int]) -> None:
    written = str(Numbers.of(numbers))
    assert set(Numbers.parse(written)) == numbers
    assert str(Numbers.parse(written)) == written
    assert len(Numbers.of(numbers)) == len(numbers)


@given(small, small)
def test_they_are_sets(left: set[int], right: set[int]) -> None:
    one, other = Numbers.of(left), Numbers.of(right)
    assert set(one | other) == left | right
    assert set(one.without(right)) == left - right
    assert all((number in one) == (number in left) for number in range(1, 62))
    assert set(one | one.gaps()) == (set(range(min(left), max(left) + 1)) if left else set())
    assert not set(one.gaps()) & left


@given(small)
def test_ranges_neither_touch_nor_overlap(numbers: set[int]) -> None:
    ranges = Numbers.of(numbers).ranges
    assert all(first <= last for first, last in ranges)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(ranges))


@given(small, small, st.integers(1, 60))
def test_a_server_is_asked_for_exactly_what_is_lacking_from_the_first_on(
    taken: set[int], server: set[int], first: int
) -> None:
    answer = asked(Numbers.of(taken).question(first), server)
    wanted = {number for number in server - taken if number >= first}
    assert wanted <= answer
    # beyond that at most the last mail, for `*`
    assert answer - wanted <= {max(server, default=0)}


@pytest.mark.parametrize(
    ("taken", "first", "question"),
    [
        ("", 1, "1:*"),
        ("", 7, "7:*"),
        ("7:90,93", 7, "91:92,94:*"),
        ("7:90,93", 1, "1:6,91:92,94:*"),
        ("7:90,92", 7, "91,93:*"),
        ("3", 100, "100:*"),
        (f"1:{LARGEST}", 1, f"{LARGEST}:*"),
    ],
)
def test_questions(taken: str, first: int, question: str) -> None:
    assert Numbers.parse(taken).question(first) == question


@pytest.mark.parametrize("text", ["*", "1:*", "0", "1,", ",1", "a", "1-2", "-1", "1 2", f"{LARGEST + 1}", "١"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"UID"):
        Numbers.parse(text)


@given(st.text(max_size=20))
def test_no_text_does_worse(text: str) -> None:
    try:
        found = Numbers.parse(text)
    except ValueError:
        return
    assert Numbers.parse(str(found)) == found


def test_ranges_may_come_in_any_order() -> None:
    assert str(Numbers.parse("9:7,3,1:2")) == "1:3,7:9"
