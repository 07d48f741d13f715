"""What of a ticket is quoted to people outside it: only messages chosen by hand."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.settings import moments
from headway.tickets.models import Message, Ticket
from headway.tickets.rules.texts import BODY


def quoted(ticket: Ticket, chosen: Sequence[int]) -> str:
    """The chosen messages of a ticket as they are quoted to others. Raises Invalid for those of another one.

    No addresses and no notes: who wrote, when and what.
    """
    if not chosen:
        return ""
    rows = Message.objects.filter(ticket=ticket, pk__in=list(chosen), withdrawn_at__isnull=True)
    found = list(rows.select_related("customer", "agent").order_by("at", "pk"))
    if len(found) != len(set(chosen)):
        raise Invalid(_("Choose messages of this ticket."), field="quote")
    return "\n\n".join(_one_quoted(message) for message in found)[:BODY]


def _one_quoted(message: Message) -> str:
    writer = message.customer or message.agent
    # an address is nobody's name, and is not passed on
    name = writer.name if writer and "@" not in writer.name else ""
    said = {"date": moments.moment(message.at), "name": name or _("the customer")}
    heading = _("On %(date)s, %(name)s wrote:") % said
    return heading + "\n" + "\n".join(f"> {line}".rstrip() for line in message.text.split("\n"))
