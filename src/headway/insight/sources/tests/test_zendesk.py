"""Zendesk over its API: everything once, whatever interrupts; nothing of the token anywhere."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from headway.cli.audit import audit
from headway.foundation.errors import HeadwayError
from headway.insight.sources import kept
from headway.insight.sources.tests.desks import Answer, Asked, Desk, serving
from headway.insight.sources.tests.zendesk import Zendesk


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


def _address(desk: Desk) -> str:
    return f"zendesk+http://127.0.0.1:{desk.port}"


def _audited(desk: Desk, capsys: pytest.CaptureFixture[str], **more: Any) -> dict[str, Any]:
    capsys.readouterr()
    audit([_address(desk)], as_json=True, **more)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def _folder(desk: Desk) -> Path:
    return Path(f"headway-zendesk-127.0.0.1-{desk.port}")


def test_all_lists_once_although_it_is_busy(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Zendesk(busy=(3, 5, 6))) as desk:
        said = _audited(desk, capsys)
    assert (said["tickets"], said["counted"], said["problems"]["count"]) == (12, 12, 0)
    assert said["events"] == 36  # what stands at the seam of two pages counts once
    assert said["responses"]["figures"]["first_response_median_ms"] == 40 * 60_000
    assert [one["share"] for one in said["agreement"]] == [1.0, 1.0]
    assert len(desk.lines) - len(set(desk.lines)) == 3  # what it was too busy for
    everything = "".join(path.read_text() for path in _folder(desk).iterdir())
    assert "sesame" not in everything + json.dumps(said)
    assert {oct(path.stat().st_mode & 0o77) for path in _folder(desk).iterdir()} <= {"0o0", "0o44"}


def test_a_later_run_fetches_what_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    zendesk = Zendesk()
    with serving(zendesk) as desk:
        _audited(desk, capsys)
        desk.asked.clear()
        more = Zendesk(14)
        zendesk.tickets, zendesk.events = more.tickets, more.events
        said = _audited(desk, capsys)
        assert (said["counted"], said["events"]) == (14, 42)
        assert "/api/v2/incremental/tickets/cursor.json?cursor=12&include=metric_sets&per_page=1000" in desk.lines
        asked = len(desk.asked)
        audit([str(_folder(desk))], as_json=True)  # what was fetched needs nobody
        assert json.loads(capsys.readouterr().out)["counted"] == 14
        assert len(desk.asked) == asked


def test_killed_in_the_middle_it_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zendesk, reached, killed = Zendesk(), threading.Event(), threading.Event()

    def answer(asked: Asked) -> Answer:
        if asked.query.get("cursor") == "10" and not killed.is_set():
            reached.set()
            killed.wait(60)
        return zendesk(asked)

    with serving(answer) as desk:
        command = [sys.executable, "-m", "headway", "audit", _address(desk), "--download", str(tmp_path / "kept")]
        running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
        try:
            assert reached.wait(60)
        finally:
            running.kill()
            running.communicate()
            killed.set()
        with (tmp_path / "kept" / "zendesk-tickets.jsonl").open("a") as file:
            file.write('{"tickets": [{"id"')  # a write that broke off
        said = _audited(desk, capsys, download=tmp_path / "kept")
    assert (said["counted"], said["events"], said["problems"]["count"]) == (12, 36, 0)
    twice = {line for line in desk.lines if desk.lines.count(line) > 1}
    assert twice <= {
        "/api/v2/incremental/tickets/cursor.json?cursor=10&include=metric_sets&per_page=1000",  # was under way
        "/api/v2/groups.json?page[size]=100",
    }


def test_a_dry_run_fetches_a_page_of_each_and_keeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Zendesk()) as desk:
        audit([_address(desk)], dry_run=True)
    assert "zendesk-tickets.jsonl: Zendesk" in capsys.readouterr().out
    assert len(desk.asked) == 5
    assert list(tmp_path.iterdir()) == []


def test_a_token_that_is_refused_is_not_repeated(tmp_path: Path) -> None:
    zendesk = Zendesk()
    zendesk.token = "Basic another"
    with serving(zendesk) as desk, pytest.raises(HeadwayError) as refused:
        audit([_address(desk)])
    assert refused.value.message.startswith("Zendesk refused the token for /api/v2/groups.json (401).")
    assert "sesame" not in refused.value.message


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["jira://acme"], "jira:// is no help desk that can be read."),
        (["zendesk://"], "Name the help desk, like zendesk://acme."),
        (["zendesk://sam@acme"], "Name the help desk, like zendesk://acme. The token is asked for apart."),
        (["zendesk+http://desk.example"], "desk.example would be asked without encryption."),
        (["a.csv"], "--download is for one help desk"),
    ],
)
def test_mistakes_are_one_sentence(given: list[str], says: str, tmp_path: Path) -> None:
    with pytest.raises(HeadwayError) as refused:
        audit(given, download=tmp_path / "kept")
    assert refused.value.message.startswith(says)


def test_addresses_that_are_not_public_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "")
    with serving(Zendesk()) as desk, pytest.raises(HeadwayError, match="private network"):
        audit([f"zendesk://127.0.0.1:{desk.port}"])
    assert desk.asked == []


def test_a_folder_is_of_one_help_desk_and_one_run(tmp_path: Path) -> None:
    with kept.opened(tmp_path / "kept", "zendesk://a.example", 100) as found:
        found.save()
        with pytest.raises(HeadwayError, match="Another run"), kept.opened(found.folder, "zendesk://a.example", 100):
            pass
    with pytest.raises(HeadwayError, match="holds a download of"), kept.opened(found.folder, "zendesk://b.example", 0):
        pass
    with pytest.raises(HeadwayError, match="later --since"), kept.opened(found.folder, "zendesk://a.example", 50):
        pass


def test_without_a_token_it_says_where_one_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEADWAY_SOURCE_TOKEN")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(HeadwayError, match="Put it into HEADWAY_SOURCE_TOKEN"):
        audit(["zendesk://acme"])
