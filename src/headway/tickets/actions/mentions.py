"""Calling colleagues to a ticket: "@" and a name in a note."""

from headway.events.actor import Actor
from headway.tickets.models import Mention, Note
from headway.tickets.queries import mentions
from headway.tickets.rules.mentions import mentions as found_in


def mentions_in(note: Note, *, actor: Actor) -> list[Mention]:
    """Whom a note names, each once and nobody themselves, for the caller to write and record.

    It gives nobody a right to see the ticket. No query without an "@", two with one.
    """
    if actor.kind != "agent" or "@" not in note.text:
        return []
    called = dict.fromkeys((one.kind, one.id) for one in found_in(note.text, mentions.known()))
    return [
        Mention(note=note, ticket_id=note.ticket_id, **{f"{kind}_id": number})
        for kind, number in called
        if (kind, number) != ("agent", actor.id)
    ]
