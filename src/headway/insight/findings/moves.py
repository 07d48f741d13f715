"""What to do first: findings turned into moves, each with what it is worth, its effort and its risk."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from headway.insight.findings.context import Context
from headway.insight.findings.finding import Found
from headway.insight.findings.move import Move
from headway.insight.findings.table import Unit
from headway.insight.findings.values import between, share

# Which part of the time found a move is taken to free: from the first of the low estimate to the second of the high
# one. That a good knowledge base prevents 30 to 50% of simple tickets is what support leaders report; the others are
# our own guess until a team's before and after is measured.
SIMPLE = (0.3, 0.5)
SWITCHING = (0.2, 0.5)
BOUNCING = (0.3, 0.6)
REOPENED = (0.3, 0.7)


def moves(audit: Context, found: Mapping[str, Found]) -> list[Move]:
    """Every move the findings support, the one that frees most first."""
    made = [
        move
        for move in (_simple(found), _switching(audit, found), _bouncing(audit, found), _reopened(audit, found))
        if move is not None and move.hours_high > 0
    ]
    return [_of_all(audit, move) for move in sorted(made, key=lambda move: -(move.hours_low + move.hours_high))]


def _of_all(audit: Context, move: Move) -> Move:
    """With its hours as a share of all working time, low of low and high of high."""
    low, _mid, high = (audit.hours_month(ms) for ms in audit.handle_ms)
    return replace(
        move, share_low=move.hours_low / low if low else 0.0, share_high=move.hours_high / high if high else 0.0
    )


def _simple(found: Mapping[str, Found]) -> Move | None:
    """A part of what simple tickets take."""
    leverage = found.get("leverage")
    if leverage is None:
        return None
    low, high = (float(str(leverage.figures[f"simple_hours_month_{end}"])) for end in ("low", "high"))
    return Move(
        "leverage",
        _("Take the simple tickets away"),
        leverage.says,
        _("Write down the five questions that come most often among them, and answer them where customers look first."),
        _("small: days, by people who know the answers"),
        _("Answers that do not answer: measure who writes all the same."),
        _assumes(SIMPLE, _("what simple tickets take")),
        low * SIMPLE[0],
        high * SIMPLE[1],
        tuple(leverage.tickets),
    )


def _switching(audit: Context, found: Mapping[str, Found]) -> Move | None:
    """What tickets take beyond their genuine effort; half of it at most, since some of it is reading."""
    work = found.get("handle_time")
    if work is None or "leverage" not in found:
        return None
    beyond_low, beyond_high = audit.lake.one(
        "SELECT sum(CASE WHEN low_ms > genuine_ms THEN low_ms - genuine_ms ELSE 0 END), "
        "sum(CASE WHEN mid_ms > genuine_ms THEN mid_ms - genuine_ms ELSE 0 END) FROM facts WHERE bucket IN "
        "('medium', 'complex')"
    )
    low, high = audit.hours_month(int(beyond_low or 0)), audit.hours_month(int(beyond_high or 0))
    return Move(
        "handle_time",
        _("End the switching and searching"),
        _("Medium and complex tickets take %s a month beyond their genuine effort.") % between(low, high, Unit.HOURS),
        _("Watch three people work for an hour each, and list what they open beside the ticket."),
        _("medium: weeks, to connect what they open"),
        _("The estimate counts pauses as searching; calibrate it first."),
        _assumes(SWITCHING, _("what these tickets take beyond their genuine effort")),
        low * SWITCHING[0],
        high * SWITCHING[1],
        tuple(work.tickets),
    )


def _bouncing(audit: Context, found: Mapping[str, Found]) -> Move | None:
    """The first action behind each hand-off, which is reading what another knew."""
    handoffs = found.get("handoffs")
    if handoffs is None or "handle_time" not in found:
        return None
    low, high = audit.lake.one(
        "SELECT sum(e.low_ms), sum(e.high_ms) FROM efforts AS e JOIN handoffs AS h ON h.event_id = e.event_id"
    )
    return Move(
        "handoffs",
        _("Route to the right person first"),
        handoffs.says,
        _("Take the pair that hands over most, and agree which tickets skip the first of the two."),
        _("small: two weeks of watching, then one rule"),
        _("Rules that are too many: begin with one, watch it for two weeks."),
        _assumes(BOUNCING, _("the first work behind each hand-off")),
        audit.hours_month(int(low or 0)) * BOUNCING[0],
        audit.hours_month(int(high or 0)) * BOUNCING[1],
        tuple(handoffs.tickets),
    )


def _reopened(audit: Context, found: Mapping[str, Found]) -> Move | None:
    """All work behind a reopening."""
    reopens = found.get("reopens")
    if reopens is None or "handle_time" not in found or not reopens.figures["reopened"]:
        return None
    low, high = audit.lake.one(
        "SELECT sum(e.low_ms), sum(e.high_ms) FROM efforts AS e JOIN (SELECT ticket_id, min(at_ms) AS at_ms "
        "FROM reopenings "
        "GROUP BY ticket_id) AS r ON r.ticket_id = e.ticket_id WHERE e.at_ms >= r.at_ms"
    )
    return Move(
        "reopens",
        _("Solve it once"),
        reopens.says,
        _("Read ten reopened tickets and note for each what the first answer lacked."),
        _("small: an hour, then a checklist"),
        _("Some come back with a new question: count those apart."),
        _assumes(REOPENED, _("all work behind a reopening")),
        audit.hours_month(int(low or 0)) * REOPENED[0],
        audit.hours_month(int(high or 0)) * REOPENED[1],
        tuple(reopens.tickets),
    )


def _assumes(part: tuple[float, float], whole: str) -> str:
    low, high = part
    return _("%(low)s to %(high)s of %(whole)s") % {"low": share(low), "high": share(high), "whole": whole}
