"""Schedules of the store."""

from headway.foundation.jobs import schedule
from headway.tickets.actions import aging


@schedule("tickets.wake", "* * * * *")
def wake() -> None:
    """Every minute: snoozes that have ended."""
    aging.wake_due()


@schedule("tickets.notice_silence", "*/10 * * * *")
def notice_silence() -> None:
    """Every ten minutes: customers who have not answered."""
    aging.remind_or_solve_waiting()


@schedule("tickets.close", "23 * * * *")
def close() -> None:
    """Every hour: tickets solved long enough ago."""
    aging.close_solved()
