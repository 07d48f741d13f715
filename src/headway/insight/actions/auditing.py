"""A question of the audit is asked, and answered by a job: no page waits for it."""

import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.insight.kept import keep
from headway.insight.lake.spark import Unreachable
from headway.insight.models import Audit, LakeState
from headway.insight.queries.audits import BUSY, is_due, position
from headway.insight.rules.question import Question, asked

# What nobody has asked for so long is forgotten, with its answer.
UNASKED = timedelta(days=7)


@transaction.atomic
def ask(question: Question, *, actor: Actor, again: bool = False) -> Audit:  # noqa: ARG001 (asking changes nothing)
    """The row of a question. A job is asked for where there is no answer, or the lake has gone on since.

    `again`: also where the last attempt failed.
    """
    from headway.insight.tasks import answer

    row, made = Audit.objects.get_or_create(
        key=question.key, defaults={"question": question.plain(), "asked_at": now()}
    )
    if not made:
        row = Audit.objects.select_for_update().get(pk=row.pk)
        if not (is_due(row) or (again and row.state not in BUSY)):
            return row
        row.state, row.asked_at, row.step, row.says = Audit.States.WAITING, now(), 0, ""
        row.save(update_fields=["state", "asked_at", "step", "says"])
    answer.defer(lock="insight.audit", audit_id=row.pk)
    return row


def find(audit_id: int, *, actor: Actor) -> None:  # noqa: ARG001 (what is found is derived)
    """Answers a question; what it has found so far stays until then."""
    row = Audit.objects.filter(pk=audit_id).first()
    if row is None:
        return
    mine = Audit.objects.filter(pk=audit_id)
    lake = LakeState.objects.filter(id=1).first()
    place, began = position(), time.monotonic()
    mine.update(state=Audit.States.RUNNING, step=0)
    values: dict[str, object] = {"position": place, "through_at": lake.through_at if lake else None}
    try:
        with translation.override("en"):
            values |= {"state": Audit.States.DONE, "says": "", "result": _results(asked(row.question), audit_id)}
    except Unreachable as broken:
        mine.update(state=Audit.States.FAILED, says=broken.message[:300], done_at=now())
        raise
    except Invalid as nothing:
        values |= {"state": Audit.States.EMPTY, "says": nothing.message[:300], "result": None}
    except Exception:
        mine.update(state=Audit.States.FAILED, done_at=now())
        raise
    mine.update(**values, done_at=now(), seconds=time.monotonic() - began)


def forget(*, actor: Actor) -> int:  # noqa: ARG001 (answers are derived, and found again when they are asked for)
    """Drops what nobody has asked for a week; returns how many went."""
    return Audit.objects.filter(asked_at__lt=now() - UNASKED).delete()[0]


def _results(question: Question, audit_id: int) -> dict[str, dict[str, object]]:
    """By language: counted once, told in each."""
    # imported here: the engine and all findings, which only the job needs
    from headway.insight import live
    from headway.insight.findings.features import Money
    from headway.insight.queries.hours import opened
    from headway.insight.rules.question import narrowing

    def progress(part: str, done: int) -> None:
        Audit.objects.filter(pk=audit_id).update(step=live.step(part, done), steps=live.STEPS)

    hours = question.hours_month or None
    cost = question.cost_hour * question.hours_month or None
    found = live.run(
        narrowing(question, now()),
        languages=[code for code, _name in settings.LANGUAGES],
        money=Money(cost, hours, question.currency, question.calibration),
        zone=question.zone,
        opened=opened(),
        names=True,
        progress=progress,
    )
    return {language: keep(result) for language, result in found.items()}
