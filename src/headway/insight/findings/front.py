"""The first page: the verdict, three findings with what they are worth, and one thing not to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Found, Off, Spec
from headway.insight.findings.headline import headline, not_to_do, why
from headway.insight.findings.move import Move
from headway.insight.findings.moves import moves
from headway.insight.findings.preventable import evidence
from headway.insight.rules.verdict import Judgement, Verdict, judge

_MOST = 3


@dataclass(frozen=True, slots=True)
class Front:
    """What a leader reads first. `agreement` compares with what the source itself states: metric, share, tickets."""

    verdict: Verdict
    headline: str
    why: str
    moves: tuple[Move, ...]
    not_to_do: str
    agreement: tuple[tuple[str, float, int], ...]


def front(audit: Context, findings: Mapping[str, tuple[Spec, Found | Off]]) -> Front:
    """Made from the findings and nothing else."""
    known = evidence(audit)
    judgement = judge(known)
    found = {key: one for key, (_spec, one) in findings.items() if isinstance(one, Found)}
    return Front(
        judgement.verdict,
        headline(judgement),
        f"{why(audit, judgement, known)} {_seen(judgement, found)}".strip(),
        tuple(moves(audit, found)[:_MOST]),
        not_to_do(judgement, found),
        _agreement(audit),
    )


def _seen(judgement: Judgement, found: Mapping[str, Found]) -> str:
    """Where working time cannot be judged, what was measured beyond doubt: how long tickets lie."""
    states = found.get("time_by_state")
    return states.says if judgement.reason == "thin" and states else ""


def _agreement(audit: Context) -> tuple[tuple[str, float, int], ...]:
    """How often our figure and the source's own are within a minute of each other."""
    rows: Sequence[tuple[str, str, str]] = (
        (_("First response"), "source_reply_ms", "first_reply_ms"),
        (_("Resolution"), "source_resolve_ms", "resolved_ms"),
    )
    found = []
    for name, theirs, ours in rows:
        n, same = audit.lake.one(
            f"SELECT count(*), sum(CASE WHEN abs(t.{theirs} - (f.{ours} - f.created_ms)) < 60000 THEN 1 ELSE 0 END) "
            f"FROM facts AS f JOIN tickets AS t ON t.ticket_id = f.ticket_id "
            f"WHERE t.{theirs} IS NOT NULL AND f.{ours} IS NOT NULL"
        )
        if n:
            found.append((name, int(same) / n, int(n)))
    return tuple(found)
