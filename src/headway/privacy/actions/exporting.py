"""All of a customer's data in one archive: asked for, prepared, fetched, expired."""

import tempfile
from datetime import timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.privacy import ExportAsked, ExportExpired, ExportFetched, ExportReady
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.foundation.files import holders
from headway.people.models import Customer
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.privacy.actions import archiving
from headway.privacy.models import Export
from headway.privacy.queries import data

KEPT = timedelta(days=7)


@transaction.atomic
def ask(customer: Customer, *, actor: Actor) -> Export:
    """Asks for the archive; a job prepares it. Raises Conflict while one is being prepared."""
    require(actor, Permission.PRIVACY)
    row = Customer.objects.select_for_update().get(pk=customer.pk)
    if row.erased_at is not None:
        raise Conflict(_("This customer was erased already."))
    if Export.objects.filter(customer=row, state=Export.States.RUNNING).exists():
        raise Conflict(_("An archive of this customer is being prepared already."))
    by = actor.id if actor.kind == "agent" else None
    export = Export.objects.create(customer=row, asked_by_id=by, asked_at=now())
    journal.record(ExportAsked(subject_id=export.pk, customer_id=row.pk), actor=actor)
    _prepare(export)
    return export


def prepare(export_id: int, *, actor: Actor) -> None:
    """Writes the archive. It can be begun again: what is asked for once is prepared once."""
    export = Export.objects.select_related("customer__organisation").get(pk=export_id)
    if export.state != Export.States.RUNNING:
        return
    Export.objects.filter(pk=export.pk).update(done=0, total=len(data.ticket_ids(export.customer)))
    with tempfile.TemporaryFile() as draft:
        archiving.write(draft, export)
        blob = files.put_stream(draft)
    with transaction.atomic():
        ready = Export.objects.filter(pk=export.pk, state=Export.States.RUNNING, customer__erased_at__isnull=True)
        at = now()
        values = {"state": Export.States.READY, "ready_at": at, "expires_at": at + KEPT}
        if not ready.update(sha256=blob.sha256, size=blob.size, **values):
            transaction.on_commit(lambda: holders.release([blob.sha256]))
            return
        journal.record(ExportReady(subject_id=export.pk), actor=actor)


@transaction.atomic
def fetch(export: Export, *, actor: Actor) -> BinaryIO:
    """The archive as a stream; that somebody took it is recorded. Raises NotFound when it is not there (any more)."""
    require(actor, Permission.PRIVACY)
    row = Export.objects.select_for_update().get(pk=export.pk)
    if row.state != Export.States.READY or row.expires_at is None or row.expires_at <= now():
        raise NotFound(_("This archive is not there any more. Ask for a new one."))
    row.fetched += 1
    row.save(update_fields=["fetched"])
    journal.record(ExportFetched(subject_id=row.pk), actor=actor)
    return files.open_blob(row.sha256)


@transaction.atomic
def expire(export: Export, *, actor: Actor) -> None:
    """Deletes an archive; the row stays to say that it was there."""
    row = Export.objects.select_for_update().get(pk=export.pk)
    if row.state == Export.States.EXPIRED:
        return
    digest, row.sha256, row.state = row.sha256, "", Export.States.EXPIRED
    row.save(update_fields=["sha256", "state"])
    journal.record(ExportExpired(subject_id=row.pk), actor=actor)
    transaction.on_commit(lambda: holders.release([digest] if digest else []))


def _prepare(export: Export) -> None:
    from headway.privacy.tasks import export as job

    job.defer(lock=f"privacy.export:{export.pk}", export_id=export.pk)
