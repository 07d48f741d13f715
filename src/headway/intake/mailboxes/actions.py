"""What happens to a mailbox: it is connected, changed, paused, resumed, archived."""

from collections.abc import Mapping
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mailboxes import (
    MailboxArchived,
    MailboxChanged,
    MailboxConnected,
    MailboxPaused,
    MailboxResumed,
)
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.intake.mailboxes import checks, credentials
from headway.intake.mailboxes.checks import Fields
from headway.intake.models import Folder, Grant, Mailbox, MailboxHealth, SignIn
from headway.people.actions import brands
from headway.people.actions.checks import identity
from headway.people.models import Brand, BrandAddress
from headway.people.permissions import require
from headway.people.rules import Permission

# With any of these another, the numbers of the server's mails may mean other mails.
_ACCOUNT = ("imap_host", "imap_port", "user")


@transaction.atomic
def connect(
    *,
    address: str,
    brand: Brand,
    actor: Actor,
    secrets: Mapping[str, str] | None = None,
    is_sample: bool = False,
    **fields: Unpack[Fields],
) -> Mailbox:
    """Connects a mailbox; what comes to `address` is the brand's, which gets the address when it has it not yet.

    Mail that is there already is not taken: older mail comes by import. A mailbox that is signed in to by OAuth waits
    for its owner to sign in (`oauth.actions.begin`). Raises Conflict when the address is connected, belongs to another
    brand, or its mail is fetched for another address; Invalid for what cannot work.
    """
    require(actor, Permission.OPERATE)
    place = _address(address, brand, actor)
    row = Mailbox.objects.select_for_update().filter(address=place).first()
    if row is not None and row.archived_at is None:
        raise Conflict(_("%(address)s is connected already.") % {"address": place.address}, field="address")
    known = checks.secrets(secrets or {})
    row = Mailbox(pk=row.pk if row else None, address=place, connected_at=now(), is_sample=is_sample)
    _set(row, checks.tidy({"user": place.address, **fields}))
    row.secrets = credentials.sealed(known)
    checks.whole(row, known)
    _once(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("%(address)s is connected already.") % {"address": place.address}, field="address") from error
    MailboxHealth.objects.update_or_create(mailbox=row)
    journal.record(MailboxConnected(subject_id=row.pk, login=row.login), actor=actor)
    return row


@transaction.atomic
def change(
    mailbox: Mailbox, *, actor: Actor, secrets: Mapping[str, str] | None = None, **fields: Unpack[Fields]
) -> Mailbox:
    """Changes what is given; of the secrets too, where an empty one takes the old one away.

    With another server or user all mail since the mailbox was connected is looked through again, and what we have is
    not taken twice. Raises NotFound, Conflict, Invalid.
    """
    require(actor, Permission.OPERATE)
    row = _locked(mailbox)
    changed = _set(row, checks.tidy(fields))
    # given all of them, the old ones need not be readable: the way out when the key they were sealed with is lost
    known = {} if set(credentials.NAMES) <= set(secrets or {}) else credentials.read(row)
    if secrets is not None:
        known = {**known, **checks.secrets(secrets)}
        row.secrets = credentials.sealed(known)
        changed.append("secrets")
    checks.whole(row, known)
    if not changed:
        return row
    _once(row)
    row.save(update_fields=changed)
    if any(name in changed for name in _ACCOUNT):
        Folder.objects.filter(mailbox=row).update(uid_validity=0)
    if "login" in changed:
        Grant.objects.filter(mailbox=row).delete()
    journal.record(MailboxChanged(subject_id=row.pk, fields=tuple(sorted(changed))), actor=actor)
    return row


@transaction.atomic
def pause(mailbox: Mailbox, *, actor: Actor) -> Mailbox:
    """Stops the fetching, within seconds. What arrives meanwhile is fetched afterwards. Raises Conflict."""
    require(actor, Permission.OPERATE)
    row = _locked(mailbox)
    if row.paused_at is not None:
        raise Conflict(_("This mailbox is paused already."))
    row.paused_at = now()
    row.save(update_fields=["paused_at"])
    journal.record(MailboxPaused(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def resume(mailbox: Mailbox, *, actor: Actor) -> Mailbox:
    """Fetches again, also what arrived in between. Raises Conflict."""
    require(actor, Permission.OPERATE)
    row = _locked(mailbox)
    if row.paused_at is None:
        raise Conflict(_("This mailbox is not paused."))
    row.paused_at = None
    row.save(update_fields=["paused_at"])
    journal.record(MailboxResumed(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def archive(mailbox: Mailbox, *, actor: Actor) -> Mailbox:
    """Disconnects the mailbox and erases its secrets. Its address stays the brand's, its tickets stay. Final."""
    require(actor, Permission.OPERATE)
    row = _locked(mailbox)
    row.archived_at, row.secrets = now(), b""
    row.save(update_fields=["archived_at", "secrets"])
    Grant.objects.filter(mailbox=row).delete()
    SignIn.objects.filter(mailbox=row).delete()
    # connected once more it begins anew, with the mail that comes then
    Folder.objects.filter(mailbox=row).delete()
    MailboxHealth.objects.filter(mailbox=row).delete()
    journal.record(MailboxArchived(subject_id=row.pk), actor=actor)
    return row


def _address(text: str, brand: Brand, actor: Actor) -> BrandAddress:
    known = identity("email", text)
    place = BrandAddress.objects.filter(address__iexact=known).select_related("brand").first()
    if place is None:
        return brands.add_address(brand, known, actor=actor)
    if place.brand_id != brand.pk:
        raise Conflict(
            _("%(address)s belongs to the brand %(brand)s.") % {"address": known, "brand": place.brand.name},
            field="address",
        )
    return place


def _locked(mailbox: Mailbox) -> Mailbox:
    row = Mailbox.objects.select_for_update().filter(pk=mailbox.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This mailbox does not exist any more."))
    return row


def _set(row: Mailbox, fields: Mapping[str, Any]) -> list[str]:
    """Puts the fields on the row; returns the names of what is new."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _once(row: Mailbox) -> None:
    """Refuses to fetch the same folder of the same account for two addresses."""
    if not row.imap_host:
        return
    same = Mailbox.objects.filter(
        archived_at__isnull=True,
        imap_host__iexact=row.imap_host,
        user__iexact=row.user,
        imap_folder=row.imap_folder,
    ).exclude(pk=row.pk)
    other = same.values_list("address__address", flat=True).first()
    if other is not None:
        raise Conflict(
            _(
                "The mail of %(user)s is fetched for %(other)s already. If %(address)s is a further address of that "
                "mailbox, leave its IMAP server empty."
            )
            % {"user": row.user, "other": other, "address": row.address.address},
            field="user",
        )
