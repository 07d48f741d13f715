"""What the jobs do: a dry run of what was uploaded, and the import itself, however often their worker dies."""

import time
from typing import Any, Final

import structlog
from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Held
from headway.foundation.jobs.declaration import is_held
from headway.moving.actions import running
from headway.moving.actions.leftovers import forget
from headway.moving.actions.running import Stopped
from headway.moving.laying import laid_out
from headway.moving.models import Run
from headway.moving.reading import Wanted, glance, rehearse
from headway.moving.sources.port import Options
from headway.moving.sources.recognising import recognise

log = structlog.get_logger("headway.moving")
_EVERY: Final = 0.5  # seconds between two looks at whether somebody wants it to stop
States = Run.States


def check(run_id: int) -> None:
    """Reads what is here and keeps what would come, or why it cannot."""
    run = Run.objects.get(pk=run_id)
    if run.state != States.CHECKING:
        return
    _let_go(run)
    told: dict[str, Any] = {}
    try:
        with laid_out(run, _Telling(run), sample=True) as path:
            run.source = run.source or recognise(path)
            wanted = _wanted(run, path)
            told = {"columns": glance(wanted)}
            told |= rehearse(wanted, _Telling(run))
            told["sampled"] = bool(run.address)
    except HeadwayError as error:
        told["error"] = error.message
    except Exception as error:
        log.warning("an upload could not be read", run=run_id, exc_info=True)
        told["error"] = _("It could not be read: %(kind)s.") % {"kind": type(error).__name__}
    system = run.system or run.source
    changed = Run.objects.filter(pk=run.pk, state=States.CHECKING)
    changed.update(state=States.READY, told=told, source=run.source, system=system, part="", done=0)


def bring(run_id: int) -> None:
    """Brings what is new. Begun again after its worker died, it goes on; nothing comes twice."""
    run = Run.objects.select_related("started_by").get(pk=run_id)
    if run.state not in (States.WAITING, States.RUNNING):
        return
    _let_go(run)
    run.state = States.RUNNING
    run.save(update_fields=["state"])
    telling = _Telling(run)
    try:
        with running.ending(run), laid_out(run, telling) as path:
            running.bring(run, _wanted(run, path), telling)
    except HeadwayError:
        log.info("an import broke off", run=run_id)  # the run says why
    if run.state == States.DONE:
        forget(run)


def _let_go(run: Run) -> None:
    if run.address and is_held():
        raise Held("The workspace is held.")


def _wanted(run: Run, path: object) -> Wanted:
    said = run.options
    options = Options(
        zone=said["zone"], columns=said["columns"], link=said["link"], close_after=said.get("close_after", 0)
    )
    return Wanted(source=run.source, path=path, system=run.system, options=options)  # type: ignore[arg-type]


class _Telling:
    """Writes down how far it is, twice a second at most. Raises Stopped when somebody wants it to stop."""

    def __init__(self, run: Run) -> None:
        self._run, self._told = run, 0.0

    def __call__(self, part: str, done: int) -> None:
        if time.monotonic() - self._told < _EVERY:
            return
        self._told = time.monotonic()
        row = Run.objects.filter(pk=self._run.pk)
        row.update(part=part[:40], done=done)
        if row.filter(stop_asked_at__isnull=False, state=States.RUNNING).exists():
            raise Stopped
