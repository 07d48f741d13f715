"""The workspace's business hours, as the audit counts response times by them."""

from headway.sla import queries as sla
from headway.sla.rules import hours
from headway.sla.rules.calendars import Calendar


def opened() -> Calendar | None:
    """The default calendar with its holidays; None where the workspace has none."""
    row = next((one for one in sla.calendars() if one.is_default), None)
    if row is None:
        return None
    exceptions = {holiday.day: hours.day(holiday.hours) for holiday in row.holidays.all()}
    return Calendar(row.zone, hours.week(row.week), exceptions)
