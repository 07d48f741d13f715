"""Reading which addresses nothing is sent to, and why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from headway.foundation import pages
from headway.foundation.errors import NotFound
from headway.foundation.pages import Page
from headway.intake.models import Suppression
from headway.people.rules.identities import email as comparable


@dataclass(frozen=True, slots=True)
class Row:
    """A suppressed address. `reason` is bounced, complained or asked; the message is what came back."""

    id: int
    address: str
    reason: str
    since: datetime
    message_id: int | None
    ticket_id: int | None


_ROW = ("id", "address", "reason", "since", "message_id", "message__ticket_id")


def listed(*, search: str = "", cursor: str | None = None, limit: int = 50) -> Page[Row]:
    """Suppressed addresses, the newest first; `search` finds a part of an address. One query."""
    found = Suppression.objects.all()
    if search.strip():
        found = found.filter(address__icontains=search.strip())
    if cursor:
        (last,) = pages.decode(cursor, (int,))
        found = found.filter(pk__lt=last)
    rows = [Row(*values) for values in found.order_by("-pk").values_list(*_ROW)[: limit + 1]]
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, pages.encode(rows[-1].id) if more else None)


def one(suppression_id: int) -> Suppression:
    """The row with this id. Raises NotFound."""
    row = Suppression.objects.filter(pk=suppression_id).first()
    if row is None:
        raise NotFound(_("This address is written to again already."))
    return row


def reasons(addresses: Collection[str]) -> dict[str, str]:
    """Why nothing is sent to some of these addresses: a reason by address, as it was given. One query, none for
    none."""
    by_key = {comparable(address) or address.casefold(): address for address in addresses}
    if not by_key:
        return {}
    rows = Suppression.objects.filter(address__in=list(by_key)).values_list("address", "reason")
    return {by_key[address]: reason for address, reason in rows}


def explained(reason: str) -> str:
    """Why nothing was sent to an address, and what to do about it, for the message it was about."""
    why = {
        "bounced": _("An earlier mail to this address came back for good."),
        "complained": _("The reader of this address reported our mail as spam."),
    }.get(reason, _("Somebody of the team stopped all mail to this address."))
    return _(
        "%(why)s Nothing was sent. Ask for another address, or have an administrator take it off the list of "
        "suppressed addresses and send again."
    ) % {"why": why}
