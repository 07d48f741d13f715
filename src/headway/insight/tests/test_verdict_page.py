"""The verdict, and the page about it that says the numbers the code goes by."""

from dataclasses import replace
from pathlib import Path

import pytest

from headway.insight.rules import verdict
from headway.insight.rules.verdict import Evidence, judge

PAGE = Path(__file__).resolve().parents[4] / "docs" / "discussion" / "the-audits-verdict.md"


def test_each_threshold_stands_there_as_it_is() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("busy", "growing", "much", "little"):
        value = getattr(verdict, name.upper())
        assert f"| {name} | {value:.0%} |" in text
    assert f"| shown | {verdict.SHOWN:.0f} h |" in text


GROWS = Evidence(0.0, 0.05, 0.06, None, hours_each=90.0)


@pytest.mark.parametrize(
    ("evidence", "verdict_and_reason"),
    [
        (GROWS, ("understaffed", "little")),
        (replace(GROWS, preventable_high=0.4), ("cannot_tell", "both")),
        (replace(GROWS, preventable_low=0.3, preventable_high=0.6), ("preventable", "much_strained")),
        # weeks that only go up and down are no growth
        (replace(GROWS, growth_error=0.04), ("cannot_tell", "calm_little")),
        # people of whom the source shows an hour a week are not known to be short of time
        (replace(GROWS, hours_each=4.0), ("cannot_tell", "unseen")),
        (replace(GROWS, occupancy=0.05), ("cannot_tell", "unseen")),
        (replace(GROWS, hours_each=4.0, occupancy=0.5), ("understaffed", "little")),
        (replace(GROWS, hours_each=4.0, preventable_low=0.3), ("preventable", "much_strained")),
        (replace(GROWS, hours_each=4.0, growth_share=0.0), ("cannot_tell", "calm_little")),
        (replace(GROWS, traced=False), ("cannot_tell", "thin")),
        (replace(GROWS, growth_share=None), ("cannot_tell", "no_capacity")),
        (Evidence(None, None, 0.5, None), ("cannot_tell", "no_work")),
    ],
)
def test_it_is_said_only_where_the_evidence_allows_it(evidence: Evidence, verdict_and_reason: tuple[str, str]) -> None:
    found = judge(evidence)
    assert (found.verdict, found.reason) == verdict_and_reason
