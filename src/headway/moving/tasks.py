"""Jobs and schedules of imports."""

from headway.events.actor import Actor
from headway.foundation.jobs import job, schedule
from headway.moving.actions import leftovers, stranding, working

# Each restart of the worker interrupts an import that takes hours, and is no failure of it.
INTERRUPTIONS = 100


@job("moving.check", attempts=3)
def check(run_id: int) -> None:
    """A dry run of what was uploaded."""
    working.check(run_id)


@job("moving.bring", attempts=INTERRUPTIONS)
def bring(run_id: int) -> None:
    """Brings in what was uploaded, or what the old system gives."""
    working.bring(run_id)


@schedule("moving.notice_stranded", "* * * * *", while_held=True)
def notice_stranded() -> None:
    """Every minute: imports that say they are under way though nothing works on them any more."""
    stranding.notice(actor=Actor.system())


@schedule("moving.forget_old", "53 3 * * *", while_held=True)
def forget_old() -> None:
    """Every night: uploads and credentials that nobody went on with for two weeks."""
    leftovers.forget_old(actor=Actor.system())
