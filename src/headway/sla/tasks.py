"""What keeps the clocks in step: followers of what moves them, and the schedule that notices missed targets."""

from collections.abc import Sequence

from headway.events.event import Event, Recorded
from headway.events.vocabulary.service import TargetsChanged
from headway.foundation.jobs import job, schedule
from headway.sla import actions
from headway.sla.models import Clock

BATCH = 200


def keep_time(recorded: Recorded[Event]) -> None:
    """After anything that starts, stops or moves a clock of one ticket."""
    if recorded.event.ticket is not None:
        actions.recount([recorded.event.ticket])


def keep_times(recorded: Sequence[Recorded[Event]]) -> None:
    """The same for many tickets at once."""
    actions.recount(sorted({one.event.ticket for one in recorded if one.event.ticket is not None}))


def recount_all(_recorded: Recorded[TargetsChanged]) -> None:
    """After a change of hours or targets: every ticket on which a response is owed, in batches of their own."""
    ids = list(Clock.objects.order_by("pk").values_list("pk", flat=True))
    recount_batch.defer_many((None, {"ticket_ids": ids[start : start + BATCH]}) for start in range(0, len(ids), BATCH))


@job("sla.recount")
def recount_batch(ticket_ids: list[int]) -> None:
    """Counts the clocks of some tickets anew."""
    actions.recount(ticket_ids)


@schedule("sla.announce", "* * * * *")
def announce() -> None:
    """Every minute: targets that were missed."""
    while actions.announce_missed() == 500:
        pass
