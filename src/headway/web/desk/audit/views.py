"""The audit log's page, and its rows as a file."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from headway.people.queries import names
from headway.people.rules import Permission
from headway.web.desk.audit import log
from headway.web.desk.audit.files import WRITERS
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.words import number as number_of

PAGE = "/desk/audit-log"
_ROWS = 50
_CHUNK = 2000
_FILTERS = ("q", "group", "person", "from", "to")


@desk(Permission.TEAMS)
def audit_log(request: DeskRequest) -> HttpResponse:
    """GET: what happened, newest first, narrowed by `q`, `group`, `person`, `from` and `to`; `before` goes on."""
    chosen = {name: request.GET.get(name, "") for name in _FILTERS}
    entries = log.sought(request.GET).apply(log.open_to(request.user))
    before = number_of(request.GET.get("before"))
    found = list((entries.filter(pk__lt=before) if before else entries)[: _ROWS + 1])
    kept = {name: value for name, value in chosen.items() if value}
    today = timezone.localdate()
    shown = {
        "nav": navigation(request),
        "rows": log.rows_of(found[:_ROWS]),
        "chosen": chosen,
        "narrowed": bool(kept),
        "groups": [("", _("Everything")), *log.groups()],
        "people": [("", _("Anybody")), *((one.id, one.name) for one in names.everybody())],
        "periods": [
            (words, f"{PAGE}?{urlencode({**kept, 'from': (today - timedelta(days=days)).isoformat(), 'to': ''})}")
            for words, days in ((_("Today"), 0), (_("7 days"), 6), (_("30 days"), 29))
        ],
        "next": f"{PAGE}?{urlencode({**kept, 'before': found[_ROWS - 1].pk})}" if len(found) > _ROWS else "",
        "exports": [(kind, f"{PAGE}/export?{urlencode({**kept, 'format': kind})}") for kind in WRITERS],
        "sees_all": request.user.may(Permission.OPERATE),
    }
    return render(request, "desk/audit/log.jinja", shown)


@desk(Permission.EXPORT)
def export(request: DeskRequest) -> StreamingHttpResponse:
    """GET streams the same rows, all of them, as `format` csv or jsonl; times in UTC."""
    kind = request.GET.get("format", "csv")
    kind = kind if kind in WRITERS else "csv"
    media_type, write = WRITERS[kind]
    rows = _all(request, translation.get_language() or "en")
    response = StreamingHttpResponse(write(rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="audit-log.{kind}"'
    return response


def _all(request: DeskRequest, language: str) -> Iterator[log.Row]:
    """Every row that is there when it begins, some at a time, so that a journal of millions fits."""
    entries = log.sought(request.GET).apply(log.open_to(request.user))
    last: int | None = None
    while True:
        found = list((entries.filter(pk__lt=last) if last is not None else entries)[:_CHUNK])
        with translation.override(language):
            yield from log.rows_of(found)
        if len(found) < _CHUNK:
            return
        last = found[-1].pk
