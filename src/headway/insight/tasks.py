"""Schedules of the lake."""

from headway.events.actor import Actor
from headway.foundation.jobs import job, schedule
from headway.insight.actions import auditing, committing, compacting, filling, forgetting, rebuilding
from headway.insight.queries import lake


@schedule("insight.fill_lake", "* * * * *", while_held=True)
def fill_lake() -> None:
    """Every minute: what was recorded since flows into the lake, what was erased goes from it."""
    follow_journal()


@schedule("insight.tidy_lake", "37 * * * *", while_held=True)
def tidy_lake() -> None:
    """Every hour: files that never came to count are removed; a lake that lost some that do is made anew.

    That is how a database set back by other ways than ours stands: it counts on files that were merged since.
    """
    if lake.state() is not None:
        if lake.has_lost_files():
            rebuilding.begin_anew("lost", actor=Actor.system())
        committing.sweep(actor=Actor.system())
    auditing.forget(actor=Actor.system())


@job("insight.answer", attempts=2)
def answer(audit_id: int) -> None:
    """Computes an audit that somebody asked for. One at a time, by its lock: the engine may take much memory."""
    auditing.find(audit_id, actor=Actor.system())


def follow_journal() -> int:
    """Everything that is decided, until the end of the journal; returns how many entries were read."""
    system = Actor.system()
    if lake.has_lost_its_place():
        rebuilding.begin_anew("restored", actor=system)
    read = 0
    while some := filling.fill(actor=system):
        read += some
        if some < filling.BATCH:
            break
    forgetting.forget(actor=system)
    compacting.compact(actor=system)
    return read
