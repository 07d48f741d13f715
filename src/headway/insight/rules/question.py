"""What somebody asks of the audit, and how it is recognised when it is asked again. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from headway.insight.rules.narrowing import FAR_MS, Narrowing

DAYS: Final = (30, 90, 365)
ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which tickets; the answer is told in every language.

    `period` is a number of days, "all", or "2026-01-01/2026-04-01" (half-open).

    `teams` and `brands` None: any; else those the reader sees or has chosen.
    """

    period: str = "90"
    channel: str = ""
    teams: tuple[int, ...] | None = None
    brands: tuple[int, ...] | None = None
    zone: str = "UTC"
    cost_hour: int = 0
    hours_month: int = 0
    currency: str = "EUR"
    calibration: int = 100

    @property
    def key(self) -> str:
        """The same for the same question."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def asked(plain: dict[str, Any]) -> Question:
    """The question from its JSON, also from one of an earlier version."""
    lists = {name: None if plain[name] is None else tuple(plain[name]) for name in ("teams", "brands")}
    known = {field.name for field in fields(Question)}
    return Question(**{name: value for name, value in {**plain, **lists}.items() if name in known})


def is_period(text: str) -> bool:
    """Whether a period can be read."""
    if text == ALL or text in map(str, DAYS):
        return True
    begin, _slash, end = text.partition("/")
    try:
        return date.fromisoformat(begin) < date.fromisoformat(end)
    except ValueError:
        return False


def narrowing(question: Question, now: datetime) -> Narrowing:
    """The tickets it is about: whole local days, [begin, end)."""
    zone = ZoneInfo(question.zone)

    def ms(day: date) -> int:
        return int(datetime.combine(day, time(), zone).timestamp() * 1000)

    since, until = -FAR_MS, FAR_MS
    if "/" in question.period:
        begin, _slash, end = question.period.partition("/")
        since, until = ms(date.fromisoformat(begin)), ms(date.fromisoformat(end))
    elif question.period != ALL:
        since = ms(now.astimezone(zone).date() - timedelta(days=int(question.period)))
    return Narrowing(
        since_ms=since,
        until_ms=until,
        channel=question.channel,
        teams=question.teams,
        brands=question.brands,
    )
