"""Files that hang on documents: fetched once, bounded, the token shown to the help desk alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from headway.foundation import outward
from headway.insight.sources import carrying, fetching
from headway.insight.sources.attachments import Attachments, outcomes, path_of
from headway.insight.sources.carrying import Outcome, carry
from headway.insight.sources.catalogue import address
from headway.insight.sources.hanging import Hanging, attached, key_of, name_of
from headway.insight.sources.session import Session
from headway.insight.sources.tests import storage
from headway.insight.sources.tests.desks import BUSY, Answer, Asked, Desk, fine, moved, serving
from headway.insight.sources.tests.help_scout import HelpScout

TOKEN = "Bearer sesame"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with storage.storing(monkeypatch, tmp_path_factory.mktemp("keys")) as found:
        yield found


class Desks:
    """A help desk with one file on each path."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.down = 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != TOKEN:
            return 401, {}, {}
        if self.down:
            self.down -= 1
            return 502, b"", {}
        return {
            "/file": fine(b"f901"),
            "/gone": (404, {}, {}),
            "/closed": (403, {}, {}),
            "/odd": (400, {}, {}),
            "/page": fine(b"<html>Sign in", Content_Type="text/html; charset=utf-8"),
            "/onward": moved(f"{storage.ADDRESS}/901"),
            "/round": moved(f"{storage.ADDRESS}/away"),
            "/login": moved("/file"),
            "/inside": moved("https://10.0.0.5/file"),
            "/plain": moved("http://storage.example/901"),
            "/nowhere": moved(""),
        }[asked.path]

    def session(self, port: int) -> Session:
        known = {"Authorization": TOKEN}
        return Session(
            "Desk", f"http://127.0.0.1:{port}", "", lambda _s, _t: known, headers={}, wait=self.waited.append
        )


def hanging(place: str, **more: Any) -> Hanging:
    return Hanging(key="901", address=place, media_type="text/plain", **more)


@pytest.mark.parametrize(
    ("place", "outcome", "stored"),
    [
        ("/file", Outcome.BROUGHT, 0),
        ("/gone", Outcome.GONE, 0),
        ("/closed", Outcome.REFUSED, 0),
        ("/odd", Outcome.REFUSED, 0),
        ("/page", Outcome.REFUSED, 0),
        ("/onward", Outcome.BROUGHT, 1),
        ("/round", Outcome.ASTRAY, 1),
        ("/login", Outcome.REFUSED, 0),
        ("/nowhere", Outcome.REFUSED, 0),
        ("/inside", Outcome.ASTRAY, 0),
        ("/plain", Outcome.ASTRAY, 0),
        (f"{storage.ADDRESS}/901", Outcome.BROUGHT, 1),
        ("http://storage.example/901", Outcome.ASTRAY, 0),
        ("https://10.0.0.5/file", Outcome.ASTRAY, 0),
        ("https://sam@storage.example/901", Outcome.ASTRAY, 0),
        ("ftp://storage.example/901", Outcome.ASTRAY, 0),
        ("no address", Outcome.ASTRAY, 0),
    ],
)
def test_what_becomes_of_a_file(place: str, outcome: Outcome, stored: int, store: Desk, tmp_path: Path) -> None:
    desks = Desks()
    with serving(desks) as desk:
        assert carry(desks.session(desk.port), hanging(place), tmp_path / "901") == outcome
        assert all(one.headers.get("authorization") == TOKEN for one in desk.asked)
        assert len(desk.asked) == place.startswith("/")
    assert len(store.asked) == stored
    assert not any("authorization" in one.headers or "cookie" in one.headers for one in store.asked)
    assert [path.name for path in tmp_path.iterdir()] == ["901"] * (outcome == Outcome.BROUGHT)
    assert outcome != Outcome.BROUGHT or (tmp_path / "901").read_bytes() == b"f901"


def test_another_port_of_our_own_network_is_another_host(tmp_path: Path) -> None:
    desks = Desks()
    with serving(desks) as desk, serving(desks) as other:
        found = carry(desks.session(desk.port), hanging(f"http://127.0.0.1:{other.port}/file"), tmp_path / "901")
        assert (found, other.asked) == (Outcome.ASTRAY, [])


def test_a_file_is_of_a_bounded_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(carrying, "LARGEST", 3)
    monkeypatch.setattr(carrying, "_PACKED", 3)
    desks = Desks()
    with serving(desks) as desk:
        session = desks.session(desk.port)
        assert carry(session, hanging("/file", size=4), tmp_path / "901") == Outcome.TOO_LARGE
        assert desk.asked == []
        assert carry(session, hanging("/file"), tmp_path / "901") == Outcome.TOO_LARGE
        assert carry(session, hanging("/file", packed=True), tmp_path / "901") == Outcome.TOO_LARGE
    assert list(tmp_path.iterdir()) == []


def test_what_is_packed_and_no_file_is_refused(tmp_path: Path) -> None:
    desks = Desks()
    with serving(desks) as desk:
        assert carry(desks.session(desk.port), hanging("/file", packed=True), tmp_path / "901") == Outcome.REFUSED
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_down_is_tried_again_and_in_the_next_run(tmp_path: Path) -> None:
    desks, told = Desks(), list[int]()

    def files(_document: Any) -> Iterator[Hanging]:
        yield hanging("/file")

    with serving(desks) as desk:
        desks.down = 2
        assert carry(desks.session(desk.port), hanging("/file"), tmp_path / "x") == Outcome.BROUGHT
        assert desks.waited == [2.0, 4.0]
        desks.down = 3
        Attachments(desks.session(desk.port), tmp_path, files, told.append).of({})
        assert outcomes(tmp_path) == {"901": Outcome.UNREACHABLE}
        with (tmp_path / "headway-attachments.jsonl").open("a") as lines:
            lines.write('{"file": {"key": "9')  # a write that broke off
        again = Attachments(desks.session(desk.port), tmp_path, files, told.append)
        again.again()
        asked = len(desk.asked)
        again.of({})
        assert len(desk.asked) == asked  # it is here
    found = path_of(tmp_path, "901")
    assert found is not None
    assert (found.read_bytes(), found.stat().st_mode & 0o77) == (b"f901", 0)


def test_a_busy_server_is_waited_for(tmp_path: Path) -> None:
    answers = [BUSY, (429, {}, {}), fine(b"f901")]
    waited: list[float] = []
    with serving(lambda _asked: answers.pop(0)) as desk:
        session = Session(
            "Desk", f"http://127.0.0.1:{desk.port}", "", lambda _s, _t: {}, headers={}, wait=waited.append
        )
        assert carry(session, hanging("/file"), tmp_path / "901") == Outcome.BROUGHT
    assert waited == [0.0, 2.0]


def test_a_token_that_ends_is_renewed_for_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(outward.http, "_PIECE", 2)
    scout = HelpScout(lasting=2)
    scout.files = True
    with serving(scout) as desk:
        found = address(f"helpscout+http://127.0.0.1:{desk.port}")
        assert found is not None
        fetching.fetch(found, tmp_path / "kept", "app:sesame", lambda _part, _done: None, also=True)
    assert scout.tokens > 3
    here = [path_of(tmp_path / "kept", str(key)) for key in (901, 902, 903)]
    assert [path.read_bytes() for path in here if path] == [b"f901", b"f902", b"f903"]


def test_names_of_files_stay_in_their_folder() -> None:
    for key in ("../../x", "a/b", "", ".", "x" * 300, "ü"):
        assert name_of(key).isalnum()
    assert name_of("901") == "901"
    assert key_of(None, "https://a/b?signed=1") == key_of("", "https://a/b?signed=2") != key_of(None, "https://a/c")
    assert key_of(None, "") == ""


def test_files_are_found_however_deep() -> None:
    told = {"a": [{"b": {"attachments": [{"id": 1}, "odd"], "attachments_count": 3}}], "attachments": {"id": 2}}
    assert [file["id"] for _holder, file in attached(told)] == [1]
