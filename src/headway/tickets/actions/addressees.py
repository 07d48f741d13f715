"""To whom a side conversation may go: anybody but the customer's side, and not ourselves."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.queries import brands
from headway.people.rules import identities
from headway.tickets.models import Ticket
from headway.tickets.queries.recipients import recipients

MOST_PEOPLE: Final = 20


def addressees(ticket: Ticket, people: Sequence[str]) -> list[str]:
    """The addresses to write to, in lower case, each once.

    Raises Invalid for what is none, for ours and the ticket's own people, for nobody and for too many.
    """
    given = [one.strip() for one in people if one.strip()]
    wrong = [one for one in given if identities.email(one) is None]
    if wrong:
        raise Invalid(_("This is no email address: %(addresses)s.") % {"addresses": ", ".join(wrong)}, field="to")
    known = list(dict.fromkeys(known for one in given if (known := identities.email(one))))
    if not known:
        raise Invalid(_("Say to whom you write."), field="to")
    if takes_part := customers_side(ticket) & set(known):
        raise Invalid(
            _("%(address)s takes part in the ticket itself. Answer them there.") % {"address": min(takes_part)},
            field="to",
        )
    if ours := {address.lower() for address in brands.own_addresses()} & set(known):
        raise Invalid(_("%(address)s is an address of ours.") % {"address": min(ours)}, field="to")
    if len(known) > MOST_PEOPLE:
        raise Invalid(_("Write to at most %(most)d people.") % {"most": MOST_PEOPLE}, field="to")
    return known


def customers_side(ticket: Ticket) -> set[str]:
    """The addresses of the customer's side: what is said beside must not reach them."""
    found = recipients(ticket)
    return {address.lower() for address in (found.to, *found.known) if address}
