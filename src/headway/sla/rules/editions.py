"""A policy written down, calendars included, so that every clock can be counted again as it was."""

from datetime import date, timedelta
from typing import Any

from headway.sla.rules import hours
from headway.sla.rules.calendars import Calendar
from headway.sla.rules.targets import Key, Policy, Target

Content = dict[str, Any]


def policy_of(content: Content) -> Policy:
    """The policy that `{"calendars": {id: …}, "targets": […]}` describes."""
    calendars = {name: _calendar(entry) for name, entry in content["calendars"].items()}
    targets: dict[Key, Target] = {}
    for entry in content["targets"]:
        target = Target(_minutes(entry["first"]), _minutes(entry["next"]), calendars[entry["calendar"]])
        targets[entry["channel"], entry["priority"]] = target
    return Policy(targets)


def _calendar(entry: Content) -> Calendar:
    exceptions = {date.fromisoformat(day): hours.day(text) for day, text in entry["exceptions"].items()}
    return Calendar(entry["zone"], hours.week(entry["week"]), exceptions)


def _minutes(value: int | None) -> timedelta | None:
    return None if value is None else timedelta(minutes=value)
