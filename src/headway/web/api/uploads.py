"""Files: sent first, then attached by id to what is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.foundation.files import Blob, holders
from headway.people.rules import Permission, Scope
from headway.settings import queries as settings
from headway.tickets.actions import Attachment
from headway.tickets.actions.files import columns
from headway.web.api.answers import answer
from headway.web.api.door import ApiRequest
from headway.web.api.problems import Refused
from headway.web.api.routes import Routes
from headway.web.models import Upload

routes = Routes("Files")

# An upload that nothing was written with in this time is forgotten.
KEPT = timedelta(hours=24)


@dataclass(slots=True)
class UploadOut:
    """A file that waits to be attached: give its `id` in `upload_ids`, within 24 hours."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    expires_at: datetime


class UploadName(Schema):
    """What the file is called."""

    name: Annotated[str, Field(min_length=1, max_length=255)]


@routes.post("/uploads", Scope.TICKETS_WRITE, Permission.NOTE, UploadOut, takes="bytes")
def upload_file(request: ApiRequest, named: Query[UploadName]) -> HttpResponse:
    """Send a file as the body, with its own Content-Type."""
    most = settings.current().attachment_megabytes
    if len(request.body) > most * 1024 * 1024:
        raise Refused(413, "too_large", _("A file may have %(most)d megabytes.") % {"most": most})
    attachment = Attachment(
        blob=files.put(request.body), name=named.name, media_type=request.content_type or "application/octet-stream"
    )
    row = Upload.objects.create(agent=request.agent, at=now(), **columns(attachment))
    out = UploadOut(row.pk, row.name, row.media_type, row.size, row.sha256, row.at + KEPT)
    return answer(out, 201)


def attachments(request: ApiRequest, upload_ids: Sequence[int]) -> list[Attachment]:
    """The caller's own uploads, in the order asked for; they are used up. Raises Invalid for others."""
    if not upload_ids:
        return []
    mine = Upload.objects.select_for_update().filter(agent=request.agent, pk__in=list(upload_ids), at__gt=now() - KEPT)
    rows = {row.pk: row for row in mine}
    if len(rows) != len(set(upload_ids)):
        raise Invalid(_("One of these uploads is not yours, or was used or forgotten."), field="body.upload_ids")
    Upload.objects.filter(pk__in=list(rows)).delete()
    return [
        Attachment(blob=Blob(row.sha256, row.size), name=row.name, media_type=row.media_type)
        for row in (rows[upload_id] for upload_id in dict.fromkeys(upload_ids))
    ]


def forget_uploads() -> None:
    """Deletes uploads that nothing was written with, and their bytes where nothing else names them."""
    old = Upload.objects.filter(at__lte=now() - KEPT)
    hashes = set(old.values_list("sha256", flat=True))
    old.delete()
    holders.release(hashes)
