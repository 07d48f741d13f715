"""One's own keys, and where to go after acting."""

import html
import json
import re

import pytest

from headway.events.models import Entry
from headway.people.models import Agent
from headway.people.rules.habits import KEYS, checked
from headway.web.api.tests.program import Program
from headway.web.desk.habits import key_words
from headway.web.desk.tests.conftest import At


@pytest.mark.parametrize(
    ("keys", "fits"),
    [
        ({}, True), ({"e": "y"}, True), ({"e": "r", "r": "e"}, True), ({"e": "r"}, False), ({"e": "ö"}, True),
        ({"e": ""}, False), ({"e": "yy"}, False), ({"e": " "}, False), ({"e": "\n"}, False), ({"z": "y"}, False),
        ({"e": "y", "r": "y"}, False), ([], False), ({"e": 7}, False),
    ],
)  # fmt: skip
def test_which_keys_fit(keys: object, fits: bool) -> None:
    kept, field = checked("next", False, keys)
    assert (kept is not None, field) == (fits, "" if fits else "keys")


def test_where_to_go_is_one_of_three() -> None:
    assert checked("home", False, {}) == (None, "after")
    assert checked("list", True, {"e": "e"})[0] == {"after": "list", "keys_off": True, "keys": {}}


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
    client.post("/desk/habits", {"after": "stay", "key-e": "r"})
    assert "no two actions can have the same" in client.get("/desk/habits").content.decode()
    client.post("/desk/habits", {"usual": "1"})
    sam.refresh_from_db()
    assert sam.habits == {"after": "stay", "keys_off": True, "keys": {}}
    assert " data-keys-off" in client.get("/desk/views/mine").content.decode().split("<body")[1].split(">")[0]
    mia.refresh_from_db()
    assert mia.habits == {}
    assert Entry.objects.filter(kind="agent.habits_changed").count() == 2


def test_through_the_api(sam: Agent) -> None:
    program = Program(sam)
    assert program.get("/me/habits").body == {"after": "stay", "keys_off": False, "keys": {}}
    given = {"after": "list", "keys_off": True, "keys": {"j": "n", "n": "j"}}
    assert program.ask("PUT", "/me/habits", given).body == given
    assert program.get("/me/habits").body == given
    assert program.ask("PUT", "/me/habits", {"keys": {"j": "n"}}).body["errors"][0]["field"] == "keys"
