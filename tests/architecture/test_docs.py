"""Pages made from the code say what the code says."""

import re
from pathlib import Path

import pytest

from headway.cli.docs import NOTE, pages

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == NOTE + pages()[name]().strip() + "\n", f"docs/{name} is out of date: run bin/headway docs"


def test_links_between_pages_lead_somewhere() -> None:
    root = DOCS.parent
    broken = [
        f"{page.relative_to(root)} -> {target}"
        for page in [*root.glob("*.md"), *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []
