"""The page about the verdict says the numbers the code goes by."""

from pathlib import Path

from headway.insight.rules import verdict

PAGE = Path(__file__).resolve().parents[4] / "docs" / "discussion" / "the-audits-verdict.md"


def test_each_threshold_stands_there_as_it_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("busy", "growing", "much", "little"):
        value = getattr(verdict, name.upper())
        assert f"| {name} | {value:.0%} |" in text
