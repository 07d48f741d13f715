"""Mails that could not be read: why, what they are, and another try."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.foundation import files
from headway.foundation.errors import NotFound
from headway.intake import actions
from headway.intake import queries as intake
from headway.intake.models import RawMail
from headway.people.rules import Permission
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.channels.words import STATE_MEANINGS, reason_words, sources_of, state_words
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.files import POLICY
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.words import number

PAGE = "/desk/quarantine"


@desk(Permission.OPERATE)
def quarantine(request: DeskRequest) -> HttpResponse:
    """Mails put aside, the newest first; `reason` narrows to one cause, `show=again` lists those tried again."""
    shown: dict[str, Any] = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "again": request.GET.get("show") == "again",
    }
    return render(request, "desk/channels/quarantine.jinja", shown | (_again() if shown["again"] else _list(request)))


@desk(Permission.OPERATE)
def mail(request: DeskRequest, mail_id: int) -> HttpResponse:
    """One mail with its reason, its path, its headers and its source; also after it was tried again."""
    row = intake.mail_by_id(mail_id)
    try:
        excerpt, missing = intake.excerpt_of(row), ""
    except NotFound as error:
        excerpt, missing = None, error.message
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "mail": row,
        "ticket_id": row.message.ticket_id if row.message else None,
        "reason": reason_words(row.error),
        "source": sources_of([row.source])[row.source],
        "state": (state_words(row.state), STATE_MEANINGS.get(row.state, "")),
        "excerpt": excerpt,
        "missing": missing,
    }
    return render(request, "desk/channels/quarantined.jinja", shown)


@desk(Permission.OPERATE)
def source(_request: DeskRequest, mail_id: int) -> HttpResponseBase:
    """The whole mail as it came, as a download."""
    return raw_download(intake.mail_by_id(mail_id))


@desk(Permission.OPERATE)
def retries(request: DeskRequest) -> HttpResponse:
    """POST processes mails again: those in `ids`, or all that were put aside for `reason`. Leads to their results."""
    reason = request.POST.get("reason")
    ids = [found for each in request.POST.getlist("ids") if (found := number(each)) is not None]
    counts: list[int] = []

    def again() -> None:
        counts.append(actions.process_many_again(ids=ids, error=reason, actor=request.user.actor))

    response = done(request, f"{PAGE}?show=again", again)
    return response if counts else HttpResponseRedirect(PAGE)


@desk(Permission.OPERATE)
def retry(request: DeskRequest, mail_id: int) -> HttpResponse:
    """POST takes one mail out of quarantine; its page shows what becomes of it."""
    row = intake.mail_by_id(mail_id)
    return done(request, f"{PAGE}/{mail_id}", lambda: actions.process_again(row, actor=request.user.actor))


@desk(Permission.OPERATE)
def removal(request: DeskRequest, mail_id: int) -> HttpResponse:
    """POST gives a mail up."""
    row = intake.mail_by_id(mail_id)
    said = _("Discarded. Its bytes are erased within the hour, and it will not be taken again.")
    return done(request, PAGE, lambda: actions.discard(row, actor=request.user.actor), said)


def raw_download(row: RawMail) -> FileResponse:
    """A mail's bytes, never shown by the browser itself. Raises NotFound when they are gone."""
    try:
        stream = files.open_blob(row.sha256)
    except FileNotFoundError as error:
        raise NotFound(_("The bytes of this mail are missing from the file store.")) from error
    response = FileResponse(
        stream, as_attachment=True, filename=f"mail-{row.pk}.eml", content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _list(request: DeskRequest) -> dict[str, Any]:
    reason = request.GET.get("reason")
    page = intake.quarantined(error=reason, cursor=request.GET.get("cursor"))
    words = sources_of([row.source for row in page.rows])
    rest = {"reason": reason} if reason is not None else {}
    return {
        "rows": [(row, reason_words(row.error), words[row.source]) for row in page.rows],
        "reasons": [
            (each.error, reason_words(each.error), each.count, f"{PAGE}?{urlencode({'reason': each.error})}")
            for each in intake.reasons()
        ],
        "reason": reason,
        "next": f"{PAGE}?{urlencode({**rest, 'cursor': page.next})}" if page.next else "",
    }


def _again() -> dict[str, Any]:
    rows = list(intake.reread())
    words = sources_of([row.source for row in rows])
    waiting = sum(row.state == "stored" for row in rows)
    return {
        "rows": [
            (row, state_words(row.state), STATE_MEANINGS.get(row.state, ""), reason_words(row.error), words[row.source])
            for row in rows
        ],
        "waiting": waiting,
        "progress": ngettext(
            "%(num)d mail waits to be read; this page follows.", "%(num)d mails wait to be read; this page follows.",
            waiting,
        ) % {"num": waiting},
    }  # fmt: skip
