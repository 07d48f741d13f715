"""What was typed behind `headway audit`, checked: a mistake is one sentence."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from headway.foundation.errors import Invalid
from headway.insight.lake.deriving import Within
from headway.insight.reading.dimensions import LEARNT
from headway.insight.reading.meanings import overruled
from headway.insight.reading.port import Options
from headway.insight.reading.synonyms import SYNONYMS
from headway.sla.rules.hours import week

_LAYOUTS: Final = {"", "ticket", "event"}
SAMPLE: Final = 10_000  # rows of each file that a dry run reads


def reading(mapping: list[str], zone: str, rows: str, tiers: str, *, sample: bool) -> Options:
    """How files are read. Raises Invalid for a mapping, zone or layout that is none."""
    try:
        ZoneInfo(zone)
    except Exception as error:
        raise Invalid(f"There is no time zone {zone!r}. They are named like Europe/Berlin.") from error
    if rows not in _LAYOUTS:
        raise Invalid(f"--rows is ticket or event, not {rows!r}.")
    columns: dict[str, str] = {}
    meanings: dict[tuple[str, str], str] = {}
    for text in mapping:
        left, separator, right = text.rpartition("=")
        field, colon, value = left.partition(":")
        if not separator or not left:
            raise Invalid(f"--map is COLUMN=FIELD or FIELD:VALUE=MEANING, not {text!r}.")
        if colon and field in LEARNT:
            overruled(field, right)
            meanings[field, value.strip().lower()] = right
        elif right and right not in SYNONYMS:
            raise Invalid(f"There is no field {right!r}. The fields are: {', '.join(SYNONYMS)}.")
        else:
            columns[left] = right
    return Options(columns, meanings, rows, zone, _tiers(tiers), SAMPLE if sample else 0)


def within(since: str, until: str, zone: str) -> Within:
    """The period from local days: from the begin of the one to the begin of the other."""
    anything = Within()
    begin = _day(since, zone) if since else anything.since_ms
    end = _day(until, zone) if until else anything.until_ms
    if begin >= end:
        raise Invalid("--since must be before --until.")
    return Within(begin, end)


def business_hours(text: str) -> str:
    """The hours as they were written, when they can be read."""
    try:
        week(text)
    except ValueError as error:
        raise Invalid(f"{error} --hours is written like: mon-fri 09:00-17:00; sat 10:00-14:00") from error
    return text


def _tiers(text: str) -> dict[str, int]:
    """Teams with their tier: "Frontline=1, Billing=2"."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        team, separator, tier = part.rpartition("=")
        if not separator or not team.strip() or not tier.strip().isdecimal():
            raise Invalid(f"--tiers is written like: Frontline=1, Billing=2; not {part!r}.")
        found[team.strip()] = int(tier)
    return found


def _day(text: str, zone: str) -> int:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"A day is written like 2026-03-31, not {text!r}.") from None
    return int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp() * 1000)
