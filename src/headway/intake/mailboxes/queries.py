"""Reading mailboxes and how they fare. Never their secrets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import BooleanField, Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.intake.email.trust.rules import ENOUGH, stamps
from headway.intake.models import Mailbox, MailboxHealth

# Without any look for so long a mailbox counts as failing although no error was seen: nobody fetches it.
SILENT: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """How a mailbox fares at this moment. The sentences are for people."""

    looked_at: datetime | None
    mail_at: datetime | None
    waiting: int
    lag_seconds: int  # of the latest mail
    idle: bool
    failing_since: datetime | None
    failure: str
    error: str
    sent_at: datetime | None
    sending_failed_since: datetime | None
    sending_error: str
    sign_in_again: bool  # the provider takes our grant no more


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of mailboxes. `state`: working, waiting (for the first look), paused, failing, silent."""

    id: int
    address: str
    brand_id: int
    brand: str
    login: str
    state: str
    health: Health
    fetches: bool  # False: its mail comes by a listener, a pipe or a hook
    verifies: bool | None  # whether its server vouches for senders; None while too few mails have come to say
    is_sample: bool


def listed() -> list[Listed]:
    """The connected mailboxes by address. One query."""
    rows = _standing().order_by("address__address")
    return [_listed(row) for row in rows]


def troubles() -> list[Listed]:
    """Those that cannot be read or written by, for the banner at the desk. One query."""
    return [one for one in listed() if one.state in ("failing", "silent") or one.health.sending_failed_since]


@dataclass(frozen=True, slots=True)
class Down:
    """A mailbox that should work and does not. `way` is in or out; `since` None: it never worked."""

    id: int
    address: str
    way: str
    since: datetime | None


def down(longer_than: timedelta = timedelta(minutes=5)) -> list[Down]:
    """What the banner at every screen names: mailboxes that have been unreadable or unwritable for so long. One query.

    Paused ones and those of sample data are left out.
    """
    at = now()
    fetched = Q(imap_host__gt="", paused_at__isnull=True)
    unseen = Q(health__looked_at__isnull=True, connected_at__lt=at - SILENT) | Q(health__looked_at__lt=at - SILENT)
    ended = Q(grant__broken__gt="")
    unread = fetched & (Q(health__failing_since__lt=at - longer_than) | unseen | ended)
    unsent = Q(health__sending_failed_since__lt=at - longer_than)
    rows = Mailbox.objects.filter(unread | unsent, archived_at__isnull=True, is_sample=False)
    rows = rows.annotate(no_way_in=Case(When(unread, then=True), default=False, output_field=BooleanField()))
    values = ("pk", "address__address", "no_way_in", "health__failing_since", "health__looked_at",
              "health__sending_failed_since")  # fmt: skip
    return [
        Down(pk, address, "in" if no_way_in else "out", (failing or looked) if no_way_in else sending)
        for pk, address, no_way_in, failing, looked, sending in rows.order_by("address__address").values_list(*values)
    ]


def one(mailbox_id: int) -> Mailbox:
    """A connected mailbox with address, brand and health. Raises NotFound. One query."""
    row = _standing().filter(pk=mailbox_id).first()
    if row is None:
        raise NotFound(_("There is no such mailbox."))
    return row


def health(mailbox_id: int) -> Listed:
    """One line of the list. Raises NotFound. One query."""
    return _listed(one(mailbox_id))


def of_address(address: str) -> Mailbox | None:
    """The connected mailbox of one of our addresses. One query."""
    return _standing().filter(address__address__iexact=address).first()


def _standing() -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(archived_at__isnull=True).select_related("address__brand", "health", "grant")


def _listed(row: Mailbox) -> Listed:
    health = getattr(row, "health", None)
    grant = getattr(row, "grant", None)
    sign_in = row.login != Mailbox.Logins.PASSWORD and (grant is None or bool(grant.broken))
    shown = Health(
        looked_at=health.looked_at if health else None,
        mail_at=health.mail_at if health else None,
        waiting=health.waiting if health else 0,
        lag_seconds=health.lag_seconds if health else 0,
        idle=bool(health and health.idle),
        failing_since=health.failing_since if health else None,
        failure=health.failure if health else "",
        error=health.error if health else "",
        sent_at=health.sent_at if health else None,
        sending_failed_since=health.sending_failed_since if health else None,
        sending_error=health.sending_error if health else "",
        sign_in_again=sign_in,
    )
    return Listed(
        id=row.pk,
        address=row.address.address,
        brand_id=row.address.brand_id,
        brand=row.address.brand.name,
        login=row.login,
        state=_state(row, shown),
        health=shown,
        fetches=bool(row.imap_host),
        verifies=_verifies(row, health),
        is_sample=row.is_sample,
    )


def _verifies(row: Mailbox, health: MailboxHealth | None) -> bool | None:
    if not row.trusted_servers:
        return False
    if health is None or health.verdicts_seen < ENOUGH:
        return None
    return stamps(health.verdicts, health.verdicts_seen)


def _state(row: Mailbox, health: Health) -> str:
    if row.paused_at is not None:
        return "paused"
    if not row.imap_host:
        return "working"
    if health.failing_since is not None or health.sign_in_again:
        return "failing"
    if health.looked_at is None:
        return "silent" if now() - row.connected_at > SILENT else "waiting"
    return "silent" if now() - health.looked_at > SILENT else "working"
