"""All that an import could not take, or not whole: to read a page at a time, or as a file."""

from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from headway.foundation import sheets
from headway.moving.models import Run
from headway.moving.queries import reasons, runs
from headway.moving.queries.reasons import Row
from headway.moving.sources.kinds import MAIL
from headway.people.rules import Permission
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.import_reasons import why
from headway.web.desk.settings.import_words import kind_words
from headway.web.desk.settings.imports import PAGE


@desk(Permission.SETTINGS)
def problems(request: DeskRequest, import_id: int) -> HttpResponse:
    """GET: those of a `kind` and `reason`, or all."""
    run = runs.run_by_id(import_id)
    chosen = _chosen(request)
    page = reasons.listed(run, kind=chosen["kind"], reason=chosen["reason"], cursor=request.GET.get("cursor"))
    here = f"{PAGE}/{run.pk}/problems"
    sentence, helps = why(chosen["reason"]) if chosen["reason"] else ("", "")
    shown = {
        "nav": navigation(request), "notices": notices(request), "run": run, "back": f"{PAGE}/{run.pk}",
        "kind": kind_words(chosen["kind"]), "why": sentence, "helps": helps,
        "rows": [(kind_words(row.kind), row, why(row.reason)[0], quarantined(run, row)) for row in page.rows],
        "file": f"{here}.csv?{urlencode(chosen)}",
        "next": f"{here}?{urlencode({**chosen, 'cursor': page.next})}" if page.next else "",
    }  # fmt: skip
    return render(request, "desk/settings/import_problems.jinja", shown)


@desk(Permission.SETTINGS)
def problems_file(request: DeskRequest, import_id: int) -> StreamingHttpResponse:
    """GET streams the same as CSV."""
    run = runs.run_by_id(import_id)
    lines = sheets.as_csv(reasons.COLUMNS, (row.cells for row in reasons.every(run, **_chosen(request))))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-problems.csv"'
    return response


def quarantined(run: Run, row: Row) -> str:
    """Where a mail that could not be read is looked at; "" for what is none."""
    return f"/desk/quarantine/{row.key}" if run.source == MAIL and row.key.isdecimal() and row.lost else ""


def _chosen(request: DeskRequest) -> dict[str, str]:
    return {"kind": request.GET.get("kind", "")[:12], "reason": request.GET.get("reason", "")[:200]}
