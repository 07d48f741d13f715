"""Schedules of the foundation; the import makes them known to the worker."""

from headway.foundation import limits
from headway.foundation.jobs import schedule
from headway.foundation.jobs.rescue import rescue

__all__ = ["forget_old_limits", "rescue"]


@schedule("foundation.forget_limits", "17 * * * *", while_held=True)
def forget_old_limits() -> None:
    """Every hour: windows of rate limits that have passed are deleted."""
    limits.forget()
