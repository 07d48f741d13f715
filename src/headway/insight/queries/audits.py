"""What was asked of the audit and what is known of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from headway.events import reader
from headway.foundation.clock import now
from headway.insight.kept import revive
from headway.insight.models import Audit
from headway.insight.queries.lake import READER, state
from headway.insight.result import Result
from headway.insight.rules.question import Question
from headway.people.models import Agent, Membership
from headway.people.rules import Sees
from headway.settings import queries as settings

# An answer is given again without a look at newer tickets for so long, or for so many times what it took.
FRESH = timedelta(minutes=5)
TIMES = 20
BUSY = (Audit.States.WAITING, Audit.States.RUNNING)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands. `result` may be an earlier answer while a newer one is `computing`."""

    state: str
    result: Result | None
    through_at: datetime | None
    computing: bool
    step: int
    steps: int
    says: str


def standing(audit: Audit, language: str) -> Standing:
    """The row as screens and programs see it, in a language that Headway speaks."""
    result = None if audit.result is None else revive(audit.result[language])
    return Standing(
        audit.state, result, audit.through_at, audit.state in BUSY, audit.step, audit.steps,
        _(audit.says) if audit.says else "",
    )  # fmt: skip


def question(agent: Agent, *, period: str = "90", channel: str = "", team_id: int | None = None) -> Question:
    """What the person asks, within what they see: everything, their teams' tickets, or their brands'."""
    chosen = settings.current()
    teams: tuple[int, ...] | None = None
    brands: tuple[int, ...] | None = None
    if agent.sees == Sees.TEAMS:
        teams = tuple(Membership.objects.filter(agent=agent).order_by("team_id").values_list("team_id", flat=True))
    elif agent.sees == Sees.BRANDS:
        brands = tuple(agent.brands.order_by("pk").values_list("pk", flat=True))
    if team_id is not None:
        teams = (team_id,) if teams is None or team_id in teams else ()
    return Question(
        period=period,
        channel=channel,
        teams=teams,
        brands=brands,
        zone=chosen.timezone,
        cost_hour=chosen.audit_cost_hour,
        hours_month=chosen.audit_hours_month,
        currency=chosen.audit_currency,
        calibration=chosen.audit_calibration_percent,
    )


def position() -> str:
    """Where the lake stands: whatever was found at the same place is still true."""
    lake = state()
    return f"{lake.key}:{reader.position(READER)}" if lake else ""


def is_due(audit: Audit) -> bool:
    """Whether the question is to be answered again: the lake has gone on, and the last answer is not of just now."""
    if audit.state in BUSY:
        return False
    if audit.done_at is None:
        return True
    age = now() - audit.done_at
    lasting = max(FRESH, timedelta(seconds=TIMES * audit.seconds))
    return age > lasting and (audit.position != position() or age > timedelta(days=1))
