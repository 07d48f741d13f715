"""Schedules of the foundation; the import makes them known to the worker."""

from headway.foundation import files, limits
from headway.foundation.jobs import failures, schedule


@schedule("foundation.forget_limits", "17 * * * *", while_held=True)
def forget_old_limits() -> None:
    """Every hour: windows of rate limits that have passed are deleted."""
    limits.forget()


@schedule("foundation.forget_failures", "27 * * * *", while_held=True)
def forget_failures() -> None:
    """Every hour: reasons of failures whose jobs are no more are deleted."""
    failures.forget_gone()


@schedule("foundation.tidy_files", "37 * * * *", while_held=True)
def tidy_files() -> None:
    """Every hour: what a crash left half written in the file store is deleted."""
    files.tidy()
