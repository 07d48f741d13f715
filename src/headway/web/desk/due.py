"""When the next response on tickets is due."""

from collections.abc import Iterable
from datetime import datetime

from headway.sla import queries as sla


def due_times(ticket_ids: Iterable[int]) -> dict[int, datetime]:
    """By ticket; a clock that is paused or promises nothing is left out."""
    return {ticket_id: owed.due_at for ticket_id, owed in sla.owed(ticket_ids).items() if owed.due_at}
