"""All writes of service levels."""

from headway.sla.actions.calendars import (
    archive_calendar,
    remove_holiday,
    remove_samples,
    restore_calendar,
    save_calendar,
    set_holiday,
)
from headway.sla.actions.clocks import announce_missed, recount
from headway.sla.actions.snoozing import snooze_until_due
from headway.sla.actions.targets import LONGEST, remove_target, set_target

__all__ = [
    "LONGEST",
    "announce_missed",
    "archive_calendar",
    "recount",
    "remove_holiday",
    "remove_samples",
    "remove_target",
    "restore_calendar",
    "save_calendar",
    "set_holiday",
    "set_target",
    "snooze_until_due",
]
