"""The first page: the verdict, three findings with what they are worth, and one thing not to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.insight.findings.capacity import evidence
from headway.insight.findings.context import Context
from headway.insight.findings.finding import Found, Off, Spec, Unit, Value
from headway.insight.findings.moves import Move, moves
from headway.insight.findings.values import between, share
from headway.insight.rules.verdict import BUSY, Evidence, Judgement, Verdict, judge

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
        _headlines()[judgement.verdict],
        _why(judgement, known),
        tuple(moves(audit, found)[:_MOST]),
        _not_to_do(judgement, found),
        _agreement(audit),
    )


def _headlines() -> dict[Verdict, str]:
    return {
        Verdict.PREVENTABLE: _("Not understaffed first: much of the work need not exist."),
        Verdict.UNDERSTAFFED: _("Understaffed: the work is there, and little of it can be taken away."),
        Verdict.CANNOT_TELL: _("Your data cannot tell yet whether you are understaffed."),
    }


def _why(judgement: Judgement, known: Evidence) -> str:
    if judgement.reason == "no_work":
        return _("The source does not record what people did, so nobody can say how much of their time is preventable.")
    assert known.preventable_low is not None
    assert known.preventable_high is not None
    part = between(known.preventable_low, known.preventable_high, Unit.SHARE)
    first = _("%s of working time is preventable by our estimate.") % part
    return f"{first} {_strain(judgement.reason, known)}".strip()


def _strain(reason: str, known: Evidence) -> str:
    if reason == "no_capacity":
        return _("Whether the team keeps up cannot be seen: enter its paid hours, or export when tickets are solved.")
    busy = known.occupancy is not None and known.occupancy >= BUSY
    if reason == "little":
        return _("That is less than what the team lacks.")
    if reason == "both":
        return _("The team does not keep up, and it is open whether taking that away would be enough.")
    if reason == "much_strained":
        said = _("People are busy") if busy else _("The pile grows")
        return _("%s, and there is more preventable work than that strain.") % said
    if reason == "calm_little":
        return _("The team keeps up, and little is preventable: there is no strain to explain.")
    if known.occupancy is not None:
        return _("The team is occupied %s of its paid hours.") % share(known.occupancy)
    return (
        _("The pile of unresolved tickets does not grow: the team keeps up.") if known.growth_share is not None else ""
    )


def _not_to_do(judgement: Judgement, found: Mapping[str, Found]) -> str:
    if judgement.verdict is Verdict.PREVENTABLE:
        return _(
            "Do not hire yet. More people would do the same preventable work, and hand more tickets to each other."
        )
    if judgement.verdict is Verdict.UNDERSTAFFED:
        return _("Do not add managers or leads first. Agents before leads, leads before managers.")
    handoffs = found.get("handoffs")
    mean: Value = handoffs.figures["per_ticket"] if handoffs else None
    if isinstance(mean, float) and mean > 0.5:
        return _("Do not add another team or tier: tickets already change hands too often.")
    return _("Do not decide on headcount from this data. Record what is missing first; it takes two weeks.")


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
