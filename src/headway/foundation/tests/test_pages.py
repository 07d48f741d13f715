"""Cursors of paged lists: what we gave out comes back as it was, anything else is refused with a sentence."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.foundation import pages
from headway.foundation.errors import Invalid

NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(NUMBERS | TEXTS, min_size=1, max_size=4))
def test_a_position_comes_back(position: list[int | str]) -> None:
    kinds = tuple(type(value) for value in position)
    assert pages.decode(pages.encode(*position), kinds) == tuple(position)


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_garbage_is_refused(cursor: str) -> None:
    try:
        position = pages.decode(cursor, (str, int))
    except Invalid:
        return
    assert [type(value) for value in position] == [str, int]


@pytest.mark.parametrize(
    "position",
    [[], [1], [1, 2], ["a", "b"], ["a", True], ["a", 1.0], ["a", None], ["a", 1, 2], {"a": 1}, 7, ["a", 2**63]],
)
def test_a_position_of_another_list_is_refused(position: Any) -> None:
    with pytest.raises(Invalid, match="first page"):
        pages.decode(base64.urlsafe_b64encode(json.dumps(position).encode()).decode(), (str, int))


def test_what_the_database_cannot_read_is_refused() -> None:
    with pytest.raises(Invalid):
        pages.decode(pages.encode("a\0b", 1), (str, int))
