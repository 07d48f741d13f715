"""A look before counting: the beginning of a large file, and every row that is not whole."""

import csv
import json
from pathlib import Path

import pytest

from headway.cli.audit import audit, options
from headway.foundation.errors import HeadwayError
from headway.insight.tests import export


def _events(path: Path, rows: int) -> None:
    path.write_text("ticket,time,activity\n" + "".join(f"{n},2026-03-02 10:00,reply\n" for n in range(rows)))


@pytest.mark.parametrize("name", ["log.csv", "log.jsonl", "log.xes", "zendesk-ticket_events.jsonl"])
def test_a_dry_run_reads_the_beginning_and_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(options, "SAMPLE", 20)
    path = tmp_path / name
    if name.endswith(".csv"):
        _events(path, 500)
    elif name.startswith("zendesk"):
        page = {"ticket_events": [{"ticket_id": n, "timestamp": n + 1, "child_events": []} for n in range(500)]}
        path.write_text(json.dumps(page))
    elif name.endswith(".jsonl"):
        path.write_text("".join(f'{{"ticket": {n}, "time": "2026-03-02 10:00"}}\n' for n in range(500)))
    else:
        event = '<event><date key="time:timestamp" value="2026-03-02T10:00:00Z"/></event>'
        traces = "".join(f'<trace><string key="concept:name" value="{n}"/>{event}</trace>' for n in range(500))
        path.write_text(f'<log xes.version="1.0">{traces}</log>')
    audit([str(path)], dry_run=True)
    assert "the first 20 rows, not all of it" in capsys.readouterr().out
    audit([str(path)], dry_run=True, as_json=True)
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert (told["rows"], told["sampled"]) == (20, True)


def test_every_row_that_is_not_whole_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, kept = tmp_path / "log.csv", tmp_path / "it's kept.csv"
    rows = [f"{n},2026-03-02 10:00,reply,{'soon' if n % 2 else n},Bogus" for n in range(60)]
    path.write_text("ticket,time,activity,handle minutes,status\n" + "\n".join([*rows, ",,,,", '"x', "a,b"]) + "\n")
    audit([str(path)], dry_run=True, problems=kept)
    said = capsys.readouterr().out
    assert "status:bogus = (not understood)  (60)" in said
    with kept.open(newline="") as file:
        found = list(csv.DictReader(file))
    reasons = {one["reason"] for one in found}
    assert "active_minutes is no number from 0 on; the rest of the row counts" in reasons
    assert "no ticket is named" in reasons
    assert len([one for one in found if one["reason"].startswith("active_minutes")]) == 30
    assert {one["file"] for one in found} == {"log.csv"}
    with pytest.raises(HeadwayError, match="cannot be written to"):
        audit([str(path)], dry_run=True, problems=tmp_path / "nowhere" / "kept.csv")


def test_tiers_make_a_change_of_team_an_escalation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = export.write(tmp_path / "history.csv")
    audit([str(path)], as_json=True)
    assert json.loads(capsys.readouterr().out)["escalations"]["figures"]["escalated"] == 0
    audit([str(path)], as_json=True, tiers="frontline=1, Billing=2")
    told = json.loads(capsys.readouterr().out)["escalations"]
    assert told["figures"]["escalated"] == 30
    assert told["figures"]["escalated_share"] == pytest.approx(30 / 90)
    assert not [note for note in told["notes"] if "not mapped" in note]


@pytest.mark.parametrize(
    ("tiers", "says"),
    [
        ("Frontline", "--tiers is written like"),
        ("Frontline=high", "--tiers is written like"),
        ("Nobody=1", "There is no team 'Nobody'. The teams are: Billing, Frontline."),
    ],
)
def test_tiers_that_are_none(tiers: str, says: str, tmp_path: Path) -> None:
    path = export.write(tmp_path / "history.csv")
    with pytest.raises(HeadwayError) as refused:
        audit([str(path)], tiers=tiers)
    assert refused.value.message.startswith(says)
