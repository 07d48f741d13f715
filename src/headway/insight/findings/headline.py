"""The verdict in words: its line, its reason, and what not to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Found
from headway.insight.findings.table import Unit, Value
from headway.insight.findings.values import between, count, hours, share
from headway.insight.lake.deriving import HOUR_MS
from headway.insight.rules.verdict import BUSY, Evidence, Judgement, Verdict


def headline(judgement: Judgement) -> str:
    """The verdict in a line."""
    if judgement.reason == "calm_little":
        return _("The team keeps up, and little of its work is preventable.")
    return {
        Verdict.PREVENTABLE: _("Before you hire: much of this work need not exist."),
        Verdict.UNDERSTAFFED: _("Understaffed: the work is there, and little of it can be taken away."),
        Verdict.CANNOT_TELL: _("Your data cannot tell yet whether you are understaffed."),
    }[judgement.verdict]


def why(audit: Context, judgement: Judgement, known: Evidence) -> str:
    """What the verdict stands on."""
    if judgement.reason == "no_work":
        return _("The source does not record what people did, so nobody can say how much of their time is preventable.")
    assert known.preventable_low is not None
    assert known.preventable_high is not None
    part = between(known.preventable_low, known.preventable_high, Unit.SHARE)
    if judgement.reason == "thin":
        return ngettext(
            "The source shows %(hours)s of work a month for %(people)s person: most of what they do left no trace in "
            "it. %(part)s of what did is preventable by our estimate.",
            "The source shows %(hours)s of work a month for %(people)s people: most of what they do left no trace in "
            "it. %(part)s of what did is preventable by our estimate.",
            audit.workers,
        ) % {
            "hours": hours(audit.handle_ms[1] / HOUR_MS / audit.months),
            "people": count(audit.workers),
            "part": part,
        }
    first = _("%s of working time is preventable by our estimate.") % part
    return f"{first} {_strain(judgement.reason, known)}".strip()


def _strain(reason: str, known: Evidence) -> str:
    if reason == "no_capacity":
        return _("Whether the team keeps up cannot be seen: enter its paid hours, or export when tickets are solved.")
    busy = known.occupancy is not None and known.occupancy >= BUSY
    if reason == "unseen":
        return _("The pile grows, but the source shows too little of people's time to say that they lack it.")
    if reason == "little":
        return _("That is less than what the team lacks.")
    if reason == "both":
        return _("The team does not keep up, and it is open whether taking that away would be enough.")
    if reason == "much_strained":
        said = _("People are busy") if busy else _("The pile grows")
        return _("%s, and there is more preventable work than that strain.") % said
    if reason == "calm_little":
        return _("There is no strain to explain.")
    if known.occupancy is not None:
        return _("The team is occupied %s of its paid hours.") % share(known.occupancy)
    return (
        _("The pile of unresolved tickets does not grow: the team keeps up.") if known.growth_share is not None else ""
    )


def not_to_do(judgement: Judgement, found: Mapping[str, Found]) -> str:
    """The one thing to leave for now."""
    if judgement.verdict is Verdict.PREVENTABLE:
        return _(
            "Do not hire yet. More people would do the same preventable work, and hand more tickets to each other."
        )
    if judgement.verdict is Verdict.UNDERSTAFFED:
        return _("Do not add managers or leads first. Agents before leads, leads before managers.")
    if judgement.reason == "calm_little":
        return _(
            "Do not hire now: nobody waits longer than before. Look again when the pile of unresolved tickets grows."
        )
    handoffs = found.get("handoffs")
    mean: Value = handoffs.figures["per_ticket"] if handoffs else None
    if isinstance(mean, float) and mean > 0.5:
        return _("Do not add another team or tier: tickets already change hands too often.")
    return _("Do not decide on headcount from this data. Record what is missing first; it takes two weeks.")
