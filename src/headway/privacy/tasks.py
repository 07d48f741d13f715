"""Jobs and schedules of privacy."""

from headway.events.actor import Actor
from headway.foundation.jobs import job, schedule
from headway.privacy.actions import erasing, exporting, retention
from headway.privacy.queries import erasures, exports
from headway.privacy.queries import retention as kept


@job("privacy.erase")
def erase(erasure_id: int) -> None:
    """Erases a customer, portion after portion, until it is done or somebody stops it."""
    while erasing.step(erasure_id, actor=Actor.system()):
        pass


@job("privacy.export")
def export(export_id: int) -> None:
    """Prepares a customer's archive."""
    exporting.prepare(export_id, actor=Actor.system())


@schedule("privacy.go_on", "11 4 * * *")
def go_on() -> None:
    """Every night: erasures that waited for a hold which has ended."""
    for erasure in erasures.released():
        erasing.resume(erasure, actor=Actor.system())


@schedule("privacy.expire", "19 * * * *", while_held=True)
def expire() -> None:
    """Every hour: archives whose time is up."""
    for one in exports.overdue():
        exporting.expire(one, actor=Actor.system())


@schedule("privacy.keep_no_longer", "41 2 * * *")
def keep_no_longer() -> None:
    """Every night: what is older than the rules say that are switched on."""
    for rule in kept.rules():
        if rule.enabled_at is not None:
            retention.run(rule, actor=Actor.system())
