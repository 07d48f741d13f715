"""Sample tickets in the audit of the desk's own: they show what it will be, until there are enough others."""

from typing import Final

from headway.tickets.models import Ticket

# Under so many tickets nothing that is found would hold.
FEWEST: Final = 20


def are_counted() -> bool:
    """Whether sample tickets are there and counted: while there are too few others to find anything in. Two queries."""
    samples = Ticket.objects.filter(is_sample=True).exists()
    return samples and Ticket.objects.filter(is_sample=False)[:FEWEST].count() < FEWEST
