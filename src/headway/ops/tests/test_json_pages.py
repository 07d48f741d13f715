"""What a command reports with --json is what its page says."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from headway.ops.backup.making import Made
from headway.ops.backup.reading import Contents
from headway.ops.doctor.finding import Finding
from headway.ops.pending import Pending

PAGES = Path(__file__).resolve().parents[4] / "docs" / "reference" / "json"


def _names(kind: type, prefix: str = "") -> set[str]:
    return {f"{prefix}{field.name}" for field in fields(kind)}


@pytest.mark.parametrize(
    ("page", "reported"),
    [
        ("backup", _names(Made)),
        ("restore", _names(Contents)),
        ("release", {"released", "cancelled", "pending"} | _names(Pending, "pending.")),
        ("doctor", {"ok", "findings"} | _names(Finding, "findings.")),
        ("upgrade", {"postgres_from", "postgres_to", "migrations", "kept"}),
    ],
)
def test_the_page_names_every_field(page: str, reported: set[str]) -> None:
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", text, re.MULTILINE)) == reported
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert set(json.loads(example[1])) == {name for name in reported if "." not in name}
