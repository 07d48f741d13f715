"""One's own keys, and where to go after acting."""

import html
import json
import re
from dataclasses import asdict
from typing import Any

import pytest

from headway.events.models import Entry
from headway.people.models import Agent
from headway.people.rules.habits import KEYS, Habits, checked, habits_of
from headway.web.api.tests.program import Program
from headway.web.desk.habits import key_words
from headway.web.desk.tests.conftest import HTMX, At


@pytest.mark.parametrize(
    ("keys", "fits"),
    [
        ({}, True), ({"e": "y"}, True), ({"e": "r", "r": "e"}, True), ({"e": "r"}, False), ({"e": "ö"}, True),
        ({"e": ""}, False), ({"e": "yy"}, False), ({"e": " "}, False), ({"e": "\n"}, False), ({"q": "y"}, False),
        ({"e": "y", "r": "y"}, False), ([], False), ({"e": 7}, False), ({"g m": "g y"}, True), ({"g m": "y"}, True),
        ({"g m": "g u"}, False), ({"e": "g"}, False), ({"e": "y m"}, False), ({"g m": "g y z"}, False),
        ({"g m": "e y"}, False), ({"g m": "g  "}, False), ({"e": "y", "g m": "e m"}, True),
    ],
)  # fmt: skip
def test_which_keys_fit(keys: Any, fits: bool) -> None:
    kept, field = checked(Habits(keys=keys))
    assert (kept is not None, field) == (fits, "" if fits else "keys")


def test_what_is_as_always_is_not_kept() -> None:
    assert checked(Habits()) == ({}, "")
    assert checked(Habits(after="home")) == (None, "after")
    assert checked(Habits(theme="pink")) == (None, "theme")
    assert checked(Habits(side_width=300)) == (None, "side_width")
    kept: dict[str, Any] = {"after": "list", "keys_off": True, "theme": "dark", "side": "closed", "side_width": 400}
    assert checked(Habits(**kept, keys={"e": "e"})) == (kept, "")
    assert asdict(habits_of({**kept, "once": "known"})) == asdict(Habits()) | kept


def test_every_key_has_words() -> None:
    assert tuple(key_words()) == KEYS


def test_the_form_saves_and_every_page_knows(at_desk: At, sam: Agent, mia: Agent) -> None:
    client = at_desk(sam)
    client.post("/desk/habits", {"after": "next", "keys": "on", "key-e": "y", "key-r": "r"})
    page = client.get("/desk/views/mine").content.decode()
    assert 'data-after="next"' in page
    (keys,) = re.findall(r"data-keys='([^']*)'", page)
    assert json.loads(html.unescape(keys)) == {"e": "y"}
    assert "data-keys-off" not in page.split("<body")[1].split(">")[0]
    client.post("/desk/habits", {"after": "stay", "key-e": "r", "theme": "dark"})
    assert "no two actions can have the same" in client.get("/desk/habits").content.decode()
    client.post("/desk/habits", {"usual": "1"})
    sam.refresh_from_db()
    assert sam.habits == {"keys_off": True}
    assert " data-keys-off" in client.get("/desk/views/mine").content.decode().split("<body")[1].split(">")[0]
    mia.refresh_from_db()
    assert mia.habits == {}
    assert Entry.objects.filter(kind="agent.habits_changed").count() == 2


def test_looks_follow_the_person(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    for looks in (
        {"theme": "dark", "density": "compact"},
        {"motion": "reduce"},
        {"side": "closed", "side_width": "400"},
    ):
        assert client.post("/desk/habits/look", looks, headers=HTMX).status_code == 204
    page = at_desk(sam).get("/desk/views/mine").content.decode()
    html_tag = page.split("<html")[1].split(">")[0]
    for name, value in (
        ("theme", "dark"), ("density", "compact"), ("motion", "reduce"), ("side", "closed"), ("side-width", "400"),
    ):  # fmt: skip
        assert f'data-{name}="{value}"' in html_tag
    for wrong in ({"theme": "pink"}, {"side_width": "-1"}, {"side_width": "99999"}, {"side_width": "300"}):
        assert client.post("/desk/habits/look", wrong, headers=HTMX).status_code == 400, wrong
    client.post("/desk/habits/look", {"theme": "", "side_width": "0"}, headers=HTMX)
    sam.refresh_from_db()
    assert sam.habits == {"density": "compact", "motion": "reduce", "side": "closed"}


def test_through_the_api(sam: Agent) -> None:
    program = Program(sam)
    usual = asdict(Habits())
    assert program.get("/me/habits").body == usual
    given = {"after": "list", "keys_off": True, "keys": {"j": "n", "n": "j", "g m": "g y"}, "theme": "light"}
    assert program.ask("PUT", "/me/habits", given).body == usual | given
    assert program.get("/me/habits").body == usual | given
    assert program.ask("PUT", "/me/habits", {"keys": {"j": "n"}}).body["errors"][0]["field"] == "keys"


@pytest.mark.parametrize(
    ("machine", "apple"),
    [
        ("Macintosh; Intel Mac OS X 10_15_7", True), ("iPad; CPU OS 18_5 like Mac OS X", True),
        ("X11; Linux x86_64", False), ("Windows NT 10.0; Win64; x64", False), ("Linux; Android 15; Pixel 9", False),
        ("", False),
    ],
)  # fmt: skip
def test_keys_are_those_of_the_readers_machine(machine: str, apple: bool, at_desk: At, sam: Agent) -> None:
    """From the first paint on: the page's root says it, and both names of a key are there to choose from."""
    page = at_desk(sam).get("/desk/habits", headers={"User-Agent": f"Mozilla/5.0 ({machine})"}).content.decode()
    assert ("data-apple" in page.partition("<head>")[0]) is apple
    assert '<kbd class="kbd" data-on="apple">⌘K</kbd><kbd class="kbd" data-on="others">Ctrl K</kbd>' in page
