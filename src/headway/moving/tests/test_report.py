"""What an import prints is what docs/reference/json/import.md says."""

import re
from pathlib import Path
from typing import Any

import pytest

from headway.moving.queries.runs import report_of
from headway.moving.reading import Wanted, rehearse
from headway.moving.tests import export
from headway.moving.tests.test_delimited import TICKETS, write
from headway.moving.tests.test_zendesk import bring

pytestmark = pytest.mark.usefixtures("db")
_KINDS: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "string": str,
    "boolean": bool,
    "object": dict,
    "array": (list, tuple),
    "string or null": (str, type(None)),
}


def documented(part: int) -> dict[str, tuple[str, str]]:
    """The fields of a table of the page: their types, and what they mean."""
    page = Path(__file__).parents[4] / "docs/reference/json/import.md"
    table = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[part]
    return {row[0]: (row[1], row[2]) for row in re.findall(r"^\| `(\w+)` \| ([^|]+) \| (.+) \|$", table, re.MULTILINE)}


def meets(told: dict[str, Any], fields: dict[str, tuple[str, str]]) -> None:
    assert set(told) == set(fields)
    for name, (kind, meaning) in fields.items():
        assert isinstance(told[name], _KINDS[kind]), name
        within = told[name] if isinstance(told[name], list) else list(told[name].values()) if kind == "object" else []
        for one in within:
            assert not isinstance(one, dict) or all(f"`{key}`" in meaning for key in one), (name, one)


def test_a_report(tmp_path: Path) -> None:
    meets(report_of(bring(export.written(tmp_path / "export"))), documented(0))


def test_a_dry_run(tmp_path: Path) -> None:
    told = rehearse(Wanted(source="csv", path=write(tmp_path, TICKETS)), lambda _part, _done: None)
    assert told["columns"]
    assert told["first_problems"]
    meets(told, documented(1))
