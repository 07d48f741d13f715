"""Whatever breaks off, holds up, repeats or leads round in a circle: each document is kept once, and it ends."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from headway.foundation import outward
from headway.foundation.errors import HeadwayError
from headway.insight.sources import catalogue, fetching, freshdesk, zammad
from headway.insight.sources.attachments import FOLDER
from headway.insight.sources.tests.desks import Answer, Asked, Desk, fine, serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.insight.sources.tests.help_scout import HelpScout
from headway.insight.sources.tests.intercom import Intercom
from headway.insight.sources.tests.zammad import Zammad
from headway.insight.sources.tests.zendesk import Zendesk

Answering = Callable[[Asked], Answer]
MAKES: Mapping[str, Callable[[], Any]] = {
    "zendesk": lambda: Zendesk(5, page=2),
    "freshdesk": Freshdesk,
    "intercom": Intercom,
    "helpscout": HelpScout,
    "zammad": Zammad,
}
LISTS = {
    "zendesk": "tickets", "freshdesk": "tickets", "intercom": "conversations", "helpscout": "conversations",
    "zammad": "tickets",
}  # fmt: skip


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; how long they would have."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(freshdesk, "_KEPT", timedelta(days=3))
    return waited


@pytest.fixture(params=MAKES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def fetch(kind: str, desk: Desk, folder: Path) -> dict[str, Counter[str]]:
    """Everything over the API, and then what is kept, by file."""
    found = catalogue.address(f"{kind}+http://127.0.0.1:{desk.port}")
    assert found is not None
    secret = "app:sesame" if kind == "helpscout" else "sesame"
    fetching.fetch(found, folder, secret, lambda _part, _done: None, also=True)
    told = {path.name: Counter(path.read_text().splitlines()) for path in folder.glob("*-*.jsonl")}
    files = folder / FOLDER
    return told | {path.name: Counter([path.read_text()]) for path in files.iterdir()}


def made(kind: str) -> Any:
    help_desk = MAKES[kind]()
    if kind in ("helpscout", "zammad"):  # those that keep their files themselves
        help_desk.files = True
    return help_desk


@contextmanager
def breaking(at: int) -> Iterator[None]:
    """The request of this number is the last of its process."""
    whole, count = outward.http.stream, 0

    def stream(*given: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        if count == at:
            raise KeyboardInterrupt
        return whole(*given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outward.http, "stream", stream)
        patch.setattr(outward, "stream", stream)
        yield


def test_broken_off_at_any_request_it_goes_on(kind: str, tmp_path: Path) -> None:
    with serving(made(kind)) as desk:
        whole = fetch(kind, desk, tmp_path / "whole")
        requests = len(desk.asked)
    assert requests > 5
    for at in range(1, requests + 1):
        folder = tmp_path / str(at)
        with serving(made(kind)) as desk:
            with breaking(at), pytest.raises(KeyboardInterrupt):
                fetch(kind, desk, folder)
            for path in folder.glob("*-*.jsonl"):
                with path.open("a") as file:
                    file.write('{"a write that broke off": ')
            found = fetch(kind, desk, folder)
            if kind == "zendesk":  # its exports give the last change once more, and readers count it once
                assert {name: set(lines) for name, lines in found.items()} == {
                    name: set(lines) for name, lines in whole.items()
                }, at
            else:
                assert found == whole, at


@pytest.mark.parametrize(("headers", "seconds"), [({"Retry-After": "7"}, 7.0), ({}, 1.0)])
def test_held_up_at_each_request_it_waits_and_goes_on(
    kind: str, headers: dict[str, str], seconds: float, soon: list[float], tmp_path: Path
) -> None:
    with serving(made(kind)) as desk:
        whole, requests = fetch(kind, desk, tmp_path / "whole"), len(desk.asked)
    soon.clear()
    help_desk, seen = made(kind), Counter[tuple[str, bytes, str]]()

    def answer(asked: Asked) -> Answer:
        this = asked.line, asked.body, asked.method
        seen[this] += 1
        return (429, {}, headers) if seen[this] == 1 else help_desk(asked)

    with serving(answer) as desk:
        assert fetch(kind, desk, tmp_path / "held") == whole
    assert soon == [seconds] * requests


def test_held_up_for_ever_it_ends_with_what_it_has(kind: str, soon: list[float], tmp_path: Path) -> None:
    with serving(lambda _asked: (429, {}, {})) as desk, pytest.raises(HeadwayError, match="answered 429"):
        fetch(kind, desk, tmp_path)
    assert len(soon) == 11
    assert max(soon) == 60


def test_what_comes_twice_is_kept_once(kind: str, tmp_path: Path) -> None:
    help_desk = made(kind)

    def answer(asked: Asked) -> Answer:
        status, said, headers = help_desk(asked)
        listed = asked.path.endswith((f"/{LISTS[kind]}", f"/{LISTS[kind]}/search"))
        return status, _twice(said, LISTS[kind]) if listed else said, headers

    with serving(help_desk) as desk:
        whole = fetch(kind, desk, tmp_path / "whole")
    with serving(answer) as desk:
        found = fetch(kind, desk, tmp_path / "twice")
    if kind != "zendesk":  # its pages are kept as they are, and readers count what has the same id once
        name = f"{kind}-{LISTS[kind]}.jsonl"
        assert found[name] == whole[name]


def _twice(said: Any, name: str) -> Any:
    if isinstance(said, list):
        return said * 2
    if isinstance(said, dict) and isinstance(said.get(name), list):
        return {**said, name: said[name] * 2}
    if isinstance(said, dict) and isinstance((said.get("_embedded") or {}).get(name), list):
        return {**said, "_embedded": {name: said["_embedded"][name] * 2}}
    return said


def round_and_round(kind: str, help_desk: Answering) -> Answering:
    """Lists that go on for ever, each in the way of its help desk: what leads on leads nowhere."""

    def answer(asked: Asked) -> Answer:
        status, said, headers = help_desk(asked)
        if kind == "zendesk" and "end_of_stream" in said:
            said = {**said, "end_of_stream": False, "after_cursor": "1"}
        elif kind == "zendesk" and "meta" in said:
            said = {**said, "meta": {"has_more": True, "after_cursor": "1"}}
        elif kind == "intercom" and asked.path.endswith("search"):
            said = {**said, "pages": {"next": {"starting_after": "0"}}}
        elif kind == "helpscout" and "page" in said:
            said = help_desk(replace(asked, query={**asked.query, "page": "1"}))[1] | {"page": {"totalPages": 2}}
        elif kind == "freshdesk" and asked.path.endswith("groups"):
            said = [{"id": number} for number in range(100)]
        elif kind == "zammad" and asked.path.endswith("tickets"):
            said = help_desk(replace(asked, query={**asked.query, "page": "1"}))[1]
        return status, said, headers

    return answer


def test_a_list_that_leads_round_ends_with_an_error(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(zammad, "_SIZE", 3)
    with (
        serving(round_and_round(kind, made(kind))) as desk,
        pytest.raises(HeadwayError, match="the same page again and again"),
    ):
        fetch(kind, desk, tmp_path)
    assert len(desk.asked) < 60


def test_what_hangs_below_may_lead_round_too(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer:
        if asked.path.endswith("/conversations"):
            return fine([{"id": number} for number in range(100)])
        return Freshdesk()(asked)

    with serving(answer) as desk, pytest.raises(HeadwayError, match="the same page again and again"):
        fetch("freshdesk", desk, tmp_path)


def test_every_help_desk_is_tried() -> None:
    assert LISTS.keys() == MAKES.keys() == catalogue.SOURCES.keys()
