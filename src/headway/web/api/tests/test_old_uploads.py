"""Uploads that nothing was written with go after a day, with their bytes."""

from datetime import timedelta

from headway.foundation import clock, files
from headway.foundation.statements import inserted, write
from headway.people.models import Agent, Customer
from headway.tickets.actions import stored
from headway.tickets.actions.files import columns, of_message
from headway.tickets.tests.desk import NOON, asks
from headway.web.api.uploads import KEPT, forget_uploads
from headway.web.models import Upload


def test_old_uploads_go_and_attached_files_stay(sam: Agent, dana: Customer) -> None:
    lost, used = stored("lost.txt", "text/plain", b"never sent"), stored("used.txt", "text/plain", b"sent after all")
    for file in (lost, used):
        Upload.objects.create(agent=sam, at=NOON, **columns(file))
    write([inserted(*of_message(asks(dana).messages.get(), [used]))])
    with clock.frozen(NOON + KEPT - timedelta(seconds=1)):
        forget_uploads()
    assert Upload.objects.count() == 2
    with clock.frozen(NOON + KEPT):
        forget_uploads()
    assert Upload.objects.count() == 0
    assert not files.exists(lost.blob.sha256)
    assert files.exists(used.blob.sha256)
