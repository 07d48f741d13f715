"""Imports and their reports."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.jobs.workers import living
from headway.moving.models import Problem, Rule, Run
from headway.moving.queries.figures import differences
from headway.moving.queries.reasons import reasons_of

_SHOWN = 50
PREPARED = (Run.States.RECEIVING, Run.States.CHECKING, Run.States.READY)
ACTIVE = (Run.States.CHECKING, Run.States.WAITING, Run.States.RUNNING)
_ORDER = (
    *("ticket", "message", "note", "file", "row", "customer", "organisation", "agent", "team"),
    *("brand", "link", "field", "macro", "view", "rule", "export"),
)


def latest(most: int = 20) -> QuerySet[Run]:
    """The last imports, newest first."""
    return Run.objects.select_related("started_by").order_by("-started_at", "-pk")[:most]


def latest_of_each() -> list[Run]:
    """Each system's last import."""
    begun = Run.objects.exclude(state__in=PREPARED)
    return list(begun.order_by("system", "-started_at", "-pk").distinct("system"))


def resumable() -> list[Run]:
    """What was stopped or broke off, and whose upload or credentials are still here."""
    ended = Run.objects.filter(state__in=(Run.States.STOPPED, Run.States.FAILED)).exclude(size=0, sealed=b"")
    return list(ended.order_by("-started_at", "-pk"))


def is_there_any() -> bool:
    """Whether anything was ever brought to its end."""
    return Run.objects.filter(state=Run.States.DONE).exists()


def run_by_id(number: int) -> Run:
    """One import. Raises NotFound."""
    found = Run.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def is_whole(run: Run) -> bool:
    """Whether it ended and all that its source holds is here or reported."""
    return run.state == Run.States.DONE and not any(counts.get("missing", 0) for counts in run.counts.values())


def how_far(run: Run) -> tuple[str, int, int]:
    """What is being read or written, how much of it is done, and of how many tickets or mails (0: not known)."""
    counts = run.told.get("counts", {}) if not run.told.get("sampled") else {}
    if run.part == "messages":  # mails; those that are known are not written again
        mails = counts.get("message", {"source": 0, "known": 0})
        return run.part, run.done, max(int(mails["source"]) - int(mails["known"]), 0)
    return run.part, run.done, int(counts.get("ticket", {}).get("source", 0)) if run.part == "tickets" else 0


def is_worked_on(run: Run) -> bool | None:
    """Whether a worker lives to do it; None where nothing is to do, or a command does it."""
    return living() > 0 if run.state in ACTIVE and (run.size or run.sealed) else None


def problems_of(run: Run, most: int = _SHOWN) -> QuerySet[Problem]:
    """What a run could not take, what is lost first."""
    return run.problems.order_by("-lost", "pk")[:most]


def report_of(run: Run) -> dict[str, Any]:
    """Everything about a run, as JSON holds it. docs/reference/json/import.md says what it means."""
    problems, began = run.problems.all(), run.state not in PREPARED
    part, done, of = how_far(run)
    return {
        "id": run.pk,
        "source": run.source,
        "system": run.system,
        "state": run.state,
        "error": run.error,
        "dry_run": run.told,
        "file": {"name": run.file_name, "size": run.size},
        "progress": {"part": part, "done": done, "of": of, "worker": is_worked_on(run)},
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "whole": is_whole(run),
        # as JSON the database keeps no order
        "counts": {kind: run.counts[kind] for kind in sorted(run.counts, key=place_of)},
        "problems": problems.count(),
        "lost": problems.filter(lost=True).count(),
        "reasons": [
            {"kind": one.kind, "reason": one.reason, "lost": one.lost, "count": one.count, "keys": one.keys}
            for one in reasons_of(run)
        ],
        "first_problems": [
            {
                "kind": one.kind,
                "key": one.key,
                "file": one.file,
                "place": one.place,
                "reason": one.reason,
                "detail": one.detail,
                "lost": one.lost,
            }
            for one in problems_of(run)
        ],
        "differences": [asdict(one) for one in (differences(run.system) if began else ())],
        "rules": [
            {"name": rule.name, "kind": rule.kind, "was_active": rule.was_active, "written": rule.written}
            for rule in Rule.objects.filter(system=run.system if began else "").order_by("kind", "name")
        ],
    }


def place_of(kind: str) -> int:
    """Where a kind stands in a report."""
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
