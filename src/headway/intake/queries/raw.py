"""One raw mail: its row and its bytes."""

from django.utils.translation import gettext as _

from headway.foundation import files
from headway.foundation.errors import NotFound
from headway.intake.models import RawMail


def mail_by_id(raw_id: int) -> RawMail:
    """A raw mail in whatever state, with its message. Raises NotFound for one that is erased."""
    row = RawMail.objects.select_related("message").filter(pk=raw_id).exclude(state=RawMail.States.ERASED).first()
    if row is None:
        raise NotFound(_("There is no such mail."))
    return row


def quarantined_mail(raw_id: int) -> RawMail:
    """A mail in quarantine. Raises NotFound."""
    row = RawMail.objects.filter(pk=raw_id, state=RawMail.States.QUARANTINED).first()
    if row is None:
        raise NotFound(_("There is no such mail in quarantine."))
    return row


def raw_of(raw_id: int) -> bytes:
    """The bytes of a mail as it came. Raises NotFound."""
    row = mail_by_id(raw_id)
    try:
        return files.read(row.sha256)
    except FileNotFoundError as error:
        raise bytes_gone() from error


def bytes_gone() -> NotFound:
    """What is raised for a mail whose bytes nobody has any more."""
    return NotFound(_("The bytes of this mail are missing from the file store."))
