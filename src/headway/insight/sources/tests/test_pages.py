"""Lists that change while they are read: nothing is skipped, nothing kept twice."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headway.insight.sources.download import download
from headway.insight.sources.pages import numbered, sliding
from headway.insight.sources.port import Source
from headway.insight.sources.session import Session
from headway.insight.sources.tests.desks import Answer, Asked, fine, serving


def _granted(_session: Session, _secret: str) -> Mapping[str, str]:
    return {}


def _source(*streams: Any) -> Source:
    known: dict[str, Any] = {"server": str, "authorise": _granted, "headers": {}, "files": lambda _document: iter(())}
    return Source(name="Desk", scheme="desk", wants="", streams=streams, **known)


def _kept(source: Source, port: int, folder: Path) -> dict[str, list[Any]]:
    session = Session("Desk", f"http://127.0.0.1:{port}", "", _granted, headers={})
    found = download(source, session, folder, "desk://a", lambda _part, _done: None)
    return {
        path.stem: [one for line in path.read_text().splitlines() for one in json.loads(line)[path.stem[5:]]]
        for path in found
    }


def test_what_changes_while_pages_are_read_is_read_once_more(tmp_path: Path) -> None:
    whole = {n: {"id": n, "updated_at": f"2026-03-01T00:00:{n // 3:02}Z"} for n in range(10)}
    asked: list[Asked] = []

    def answer(one: Asked) -> Answer:
        asked.append(one)
        if len(asked) == 2:
            whole[0] = {"id": 0, "updated_at": "2026-03-01T00:00:09Z"}  # goes to the end, and all others move up
        later = sorted(
            (each for each in whole.values() if str(each["updated_at"]) >= one.query["since"]),
            key=lambda each: (str(each["updated_at"]), each["id"]),
        )
        begin = (int(one.query["page"]) - 1) * 4
        return fine(later[begin : begin + 4])

    source = _source(sliding("things", "/things", since="since", size=4))
    with serving(answer) as desk:
        kept = _kept(source, desk.port, tmp_path)["desk-things"]
        assert len(kept) == len({json.dumps(one) for one in kept}) == 11
        assert {one["id"] for one in kept} == set(range(10))
        assert _kept(source, desk.port, tmp_path)["desk-things"] == kept  # nothing is new


def test_a_list_by_numbers_is_listed_anew(tmp_path: Path) -> None:
    whole = list(range(5))
    source = _source(numbered("things", "/things", size=2))
    with serving(lambda one: fine([{"id": n} for n in whole[int(one.query["page"]) * 2 - 2 :][:2]])) as desk:
        assert len(_kept(source, desk.port, tmp_path)["desk-things"]) == 5
        whole.append(5)
        assert [one["id"] for one in _kept(source, desk.port, tmp_path)["desk-things"]] == whole
