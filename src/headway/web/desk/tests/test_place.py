"""Where somebody is, in addresses and as a choice of tickets."""

import pytest

from headway.foundation.errors import NotFound
from headway.people.models import Agent
from headway.people.rules import Role
from headway.tickets.queries.views import shown
from headway.web.desk.place import Place
from headway.web.desk.timeline import Seen
from headway.web.desk.words import number, numbers

SAM = Agent(pk=7, role=Role.AGENT)


@pytest.mark.parametrize(
    ("place", "address"),
    [
        (Place(), "/desk/views/mine"),
        (Place(view="open", status="new"), "/desk/views/open?status=new"),
        (Place(view="all", q="card & pay"), "/desk/views/all?q=card+%26+pay"),
    ],
)
def test_addresses(place: Place, address: str) -> None:
    assert place.full_address() == address


def test_a_place_survives_its_own_links() -> None:
    place = Place(view="team-3", q="3ds", tag="vip", priority="4")
    values = dict(pair.split("=") for pair in place.query().removeprefix("?").split("&"))
    assert Place.of(values) == place


def test_filters_narrow_the_view() -> None:
    chosen = Place(view="unassigned", status="hold", priority="4", tag="vip", team="none").shown(SAM).filter
    assert (chosen.assignee_id, chosen.categories, chosen.priorities, chosen.tag, chosen.team_id) == (
        0, ("hold",), (4,), "vip", 0,
    )  # fmt: skip


def test_mine_is_mine_and_me_is_me() -> None:
    assert shown("mine", SAM).filter.assignee_id == 7
    assert Place(view="open", assignee="me").shown(SAM).filter.assignee_id == 7


def test_searching_looks_everywhere_but_spam_only_in_spam() -> None:
    assert Place(view="mine", q="x").search_filter(SAM).assignee_id is None
    assert Place(view="spam", q="x").search_filter(SAM).suspected


@pytest.mark.parametrize("name", ["nothing", "team-", "team-x", "team-0", ""])
def test_a_view_that_does_not_exist(name: str) -> None:
    with pytest.raises(NotFound):
        shown(name, SAM)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("7", 7),
        ("#7", 7),
        (" 12 ", 12),
        ("", None),
        (None, None),
        ("-1", None),
        ("7a", None),
        ("9" * 19, None),
        ("²", None),
    ],
)
def test_numbers_as_people_write_them(written: str | None, read: int | None) -> None:
    assert number(written) == read


def test_many_numbers() -> None:
    assert numbers("1,2,x,,3") == [1, 2, 3]


@pytest.mark.parametrize("written", ["", None, "1.2", "1.2.x", "a.b.c", "9" * 20 + ".1.1"])
def test_a_cursor_that_says_nothing_has_seen_nothing(written: str | None) -> None:
    assert Seen.of(written) == Seen()


def test_a_cursor_comes_back_as_it_went() -> None:
    assert Seen.of(str(Seen(12, 4, 99))) == Seen(12, 4, 99)
