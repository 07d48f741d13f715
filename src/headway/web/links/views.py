"""A file behind a signed link: a page that says what it is, and the download. Whoever has the link may fetch it."""

from datetime import timedelta
from typing import Final, TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from headway.foundation import files, limits
from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.intake.email import links
from headway.settings import queries as settings
from headway.tickets.models import MessageFile
from headway.web.middleware.proxies import client_address

Response = TypeVar("Response", bound=HttpResponseBase)

_POLICY: Final = "default-src 'none'; sandbox"
_MOST: Final = 60
_PER: Final = timedelta(minutes=1)


@require_safe
def page(request: HttpRequest, link: str) -> HttpResponse:
    """What the file is called, how large it is, and until when it can be fetched. Expired: 410, and what to do."""
    found, file = _opened(request, link)
    shown = {"file": file, "link": link, "until": found.expires_at, "workspace": settings.current().name}
    response = render(request, "links/file.jinja", shown, status=200 if file else 410)
    return _private(response)


@require_safe
def content(request: HttpRequest, link: str) -> HttpResponseBase:
    """The file as a download, never shown inside the browser."""
    found, file = _opened(request, link)
    if file is None:
        shown = {"file": None, "link": link, "until": found.expires_at, "workspace": settings.current().name}
        return _private(render(request, "links/file.jinja", shown, status=410))
    response = FileResponse(files.open_blob(file.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Length"] = str(file.size)
    response["Content-Security-Policy"] = _POLICY
    return _private(response)


def _opened(request: HttpRequest, link: str) -> tuple[links.Link, MessageFile | None]:
    """The link and its file, None when its time is over or the file is gone. Raises NotFound, TooMany."""
    limits.hit("file-link", client_address(request) or "", most=_MOST, per=_PER)
    found = links.read(link)
    if found is None:
        raise NotFound(_("This link is not complete. Copy it whole from the mail, or ask for the file again."))
    if found.expires_at <= now():
        return found, None
    return found, links.file_of(found)


def _private(response: Response) -> Response:
    """The response with headers that keep it between us and its reader."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response
