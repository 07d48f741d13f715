"""`headway audit` as a person runs it: no database, no data folder, one answer in each form."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from headway.cli.audit import audit
from headway.foundation.errors import HeadwayError
from headway.insight import described
from headway.insight.findings.catalogue import SPECS
from headway.insight.tests import export
from headway.ops.tests.commands import headway

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "json" / "audit.md"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export.write(tmp_path_factory.mktemp("history") / "history.csv")


@pytest.fixture(scope="module")
def told(history: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("home")
    costs = ("--cost-month", "3000", "--hours", "mon-fri 09:00-17:00", "--hours-month", "40")
    done = headway("audit", str(history), "--json", *costs, home=home)
    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == []  # it makes nothing of an installation
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_page_names_everything_and_nothing_else(told: dict[str, Any]) -> None:
    assert set(told) == set(described.TOP) | {spec.key for spec in SPECS}
    for spec in SPECS:
        found = told[spec.key]
        if "off" in found:
            assert set(found) == {"title", "off"}
        else:
            assert set(found) == set(described.FINDING) - {"off"}
            assert set(found["figures"]) == set(spec.figures), spec.key
    named = set(re.findall(r"^\| `([a-z_.0-9]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    figures = {f"{spec.key}.figures.{name}" for spec in SPECS for name in spec.figures}
    assert named == set(described.TOP) | set(described.FINDING) | figures


def test_what_it_counts(told: dict[str, Any]) -> None:
    assert (told["tickets"], told["counted"], told["events"]) == (90, 90, 300)
    assert told["period"]["from"] == "2026-03-01T08:00:00+00:00"
    assert told["problems"] == {
        "count": 1,
        "first": [{"file": "history.csv", "line": 302, "reason": "the time cannot be read"}],
    }
    assert told["handoffs"]["figures"]["handoffs"] == 60  # to Ada and back, thirty times
    assert told["handoffs"]["figures"]["ping_pong"] == 30
    assert told["escalations"]["figures"]["transfers"] == 60
    assert told["cost"]["figures"]["resolved"] == 90
    parts = sum(row["cost"] for row in told["cost"]["tables"]["categories"])
    assert parts == pytest.approx(told["cost"]["figures"]["total"])
    assert told["first_contact"]["sample"] <= 90
    assert told["responses"]["figures"]["first_response_open_median_ms"] is not None


def test_people_are_masked_unless_asked(
    history: Path, told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = json.dumps(told["handoffs"]["tables"]["pairs"])
    assert "Agent 1" in pairs
    assert not re.search(r"\b(Sam|Li|Mo|Ada)\b", json.dumps(told))
    audit([str(history)], names=True, as_json=True)
    assert '"Ada"' in capsys.readouterr().out


def test_terminal_and_report_say_what_json_says(history: Path, told: dict[str, Any], tmp_path: Path) -> None:
    costs = ("--cost-month", "3000", "--hours", "mon-fri 09:00-17:00", "--hours-month", "40")
    report = tmp_path / "report.html"
    done = headway("audit", str(history), *costs, "--report", str(report), home=tmp_path / "home", COLUMNS="2000")
    assert done.returncode == 0, done.stderr
    page = unescape(report.read_text(encoding="utf-8"))
    for spec in SPECS:
        said = told[spec.key].get("says", told[spec.key].get("off"))
        assert said in done.stdout
        assert said in page
    assert told["verdict"]["says"] in done.stdout
    assert "1 row could not be read" in done.stdout


def test_a_dry_run_shows_how_columns_are_taken(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit([str(history)], dry_run=True, mapping=["activity:transfer=escalated"])
    said = capsys.readouterr().out
    assert "Ticket    →  ticket" in said
    assert "activity:transfer = escalated  (30)" in said
    assert "line 302: the time cannot be read" in said


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"zone": "Mars/Olympus"}, "There is no time zone 'Mars/Olympus'."),
        ({"mapping": ["Colour=ticket"]}, "There is no column 'Colour'."),
        ({"mapping": ["Ticket=colour"]}, "There is no field 'colour'."),
        ({"mapping": ["activity:reply=nonsense"]}, "'nonsense' is no meaning of activity."),
        ({"since": "soon"}, "A day is written like 2026-03-31"),
        ({"since": "2030-01-01"}, "There is no ticket of a customer in this period."),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "--since must be before --until."),
        ({"hours": "always"}, "Days are written mon to sun"),
        ({"rows": "customer"}, "--rows is ticket or event"),
    ],
)
def test_mistakes_are_one_sentence(typed: dict[str, Any], says: str, history: Path) -> None:
    with pytest.raises(HeadwayError) as refused:
        audit([str(history)], **typed)
    assert refused.value.message.startswith(says)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = headway("audit", "nowhere.csv", home=tmp_path)
    assert (done.returncode, done.stderr) == (1, "There is no file nowhere.csv.\n")


def test_days_are_local_and_one_of_a_kind_is_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, target = tmp_path / "log.csv", tmp_path / "report.html"
    rows = ("09:00,created,customer,c1", "09:10,reply,agent,Sam", "09:10,solved,agent,Sam")
    log.write_text("ticket,time,activity,role,agent\n" + "".join(f"A,2026-03-02 {row}\n" for row in rows))
    audit([str(log)], zone="Pacific/Auckland", report_to=target)
    told = capsys.readouterr().out
    assert told.startswith("1 ticket, 3 events, 2026-03-02 to 2026-03-02\n")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", target.read_text()))
    assert "2026-03-02 – 2026-03-02 · 1 ticket " in shown
    assert "3 events on 1 ticket " in shown
    for said in (told, shown):
        assert not re.search(r"(?<![\d.,])1 (tickets|findings|rows|events|days|people|times) ", said)
