"""Attributes that somebody made in Zammad become fields here."""

import json
from pathlib import Path

import pytest

from headway.cli.audit.given import folder
from headway.events.actor import Actor
from headway.insight.sources.tests.desks import serving
from headway.insight.sources.tests.zammad import Zammad, attribute
from headway.moving.actions.running import begin, bring
from headway.moving.queries.runs import is_whole
from headway.moving.reading import Wanted
from headway.moving.tests.test_besides import fields, of
from headway.moving.tests.test_others import fetched, quiet

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


TREE = [{"name": "Hardware", "value": "Hardware", "children": [{"name": "Laptop", "value": "Hardware::Laptop"}]}]


@pytest.fixture
def zammad() -> Zammad:
    """One whose people made attributes of every kind."""
    made = Zammad()
    made.attributes += [
        attribute("plan", "Plan", "select", {"g": "Gold", "f": "Free"}, data_option=PLAN),
        attribute("area", "Area", "tree_select", TREE),
        attribute("parts", "Parts", "multiselect", [{"name": "Lid", "value": "l"}, {"name": "Key", "value": "k"}]),
        attribute("seats", "Seats", "integer"),
        attribute("vip", "VIP", "boolean", {"true": "yes", "false": "no"}),
        attribute("due", "Due", "date"),
        attribute("visit", "Visit", "datetime"),
        attribute("words", "Words", "richtext"),
        attribute("shop", "Shop", "autocompletion_ajax_external_data_source"),
        attribute("owner_id", "Owner", "select"),
        attribute("department", "Department", "input", object="User"),
        attribute("past", "Past", "input", active=False),
    ]
    made.own[1] = {"plan": "g", "area": "Hardware::Laptop", "parts": ["l", "k"], "seats": 0, "vip": False, "past": "x"}
    made.own[1] |= {"due": "2026-03-09", "visit": "2026-03-09T10:30:00.000Z", "words": "<p>A <b>dent</b>.</p>"}
    made.own[1] |= {"shop": {"value": "12", "label": "Leipzig"}}
    made.own[2] = {"plan": "old", "seats": "many", "due": "soon", "visit": "soon", "area": "Hardware"}
    return made


PLAN = {
    "options": [{"name": "Gold", "value": "g"}, {"name": "Free", "value": "f"}],
    "historical_options": {"s": "Silver"},
}


def test_zammads_attributes_become_fields(zammad: Zammad) -> None:
    with serving(zammad) as desk:
        run = fetched("zammad", desk)
        assert is_whole(run), run.counts
        assert fetched("zammad", desk).counts["field"]["new"] == 0
    assert fields() == {
        "Plan": ("choice", ["Silver", "Gold", "Free"]),
        "Area": ("choice", ["Hardware", "Hardware › Laptop"]),
        "VIP": ("check", []),
        "Seats": ("number", []),
        "Due": ("date", []),
        **dict.fromkeys(("Parts", "Visit", "Words", "Shop"), ("text", [])),
    }
    ticket = of("45001")
    assert ticket.fields == {
        "plan": "Gold",
        "area": "Hardware › Laptop",
        "parts": "Lid, Key",
        "seats": 0,
        "vip": False,
        "due": "2026-03-09",
        "visit": "2026-03-09 10:30 UTC",
        "words": "A dent.",
        "shop": "Leipzig",
    }
    assert of("45002").fields == {"area": "Hardware", "visit": "soon"}
    told = {(one.kind, one.key, one.detail): (one.reason[:15], one.lost) for one in run.problems.all()}
    assert told == {
        ("ticket", "45002", "Plan, Seats, Due"): ("came without th", False),
        ("field", "4", "Past"): ("switched off in", True),
    }
    assert (run.counts["field"]["source"], run.counts["field"]["reported"]) == (10, 1)


def test_zammads_attributes_come_as_texts_where_the_token_may_not_see_them(zammad: Zammad) -> None:
    zammad.may_see_attributes = False
    with serving(zammad) as desk:
        run = fetched("zammad", desk)
        assert is_whole(run), run.counts
    assert fields()["Plan"] == fields()["Past"] == ("text", [])
    assert (of("45001").fields["plan"], of("45001").fields["seats"]) == ("g", "0")
    (told,) = run.problems.all()
    assert ("admin.object" in told.reason, told.lost) == (True, False)


def test_zammads_lists_saved_bare_are_told_apart(zammad: Zammad, tmp_path: Path) -> None:
    with (
        serving(zammad) as desk,
        folder("zammad", f"zammad+http://127.0.0.1:{desk.port}", quiet, kept=None, sample=False) as path,
    ):
        lines = (path / "zammad-tickets.jsonl").read_text().splitlines()
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "a.json").write_text(json.dumps(zammad.attributes))
    (saved / "b.json").write_text(json.dumps([json.loads(line)["tickets"][0] for line in lines]))
    (saved / "c.json").write_text(json.dumps([{"id": 100, "firstname": "Dana", "lastname": "Ortiz"}]))
    (saved / "d.json").write_text(json.dumps([{"id": 1, "name": "Billing", "follow_up_possible": "yes"}]))
    wanted = Wanted(source="zammad", path=saved)
    run = bring(begin(wanted, actor=Actor.system()), wanted, quiet)
    assert of("45001").fields["plan"] == "Gold"
    assert (run.counts["customer"]["new"], run.counts["team"]["new"], run.counts["ticket"]["new"]) == (1, 1, 3)
