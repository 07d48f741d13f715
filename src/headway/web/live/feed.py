"""What happened to tickets since the last look. Blocking; runs in the live process's own threads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import connection

from headway.events import reader
from headway.events.models import Entry
from headway.tickets.queries.scopes import facts_of
from headway.tickets.rules.visibility import Facts
from headway.web.live.hub import Change

PAGE = 500
# Imported history carries its own times; screens are not told that the past happened.
_HISTORY = timedelta(minutes=30)

# After these somebody may see more or less than when they came in.
_RIGHTS = {
    "agent.role_changed",
    "agent.scope_changed",
    "agent.archived",
    "agent.password_changed",
    "agent.second_factor_removed",
    "team.members_changed",
    "workspace.settings_changed",
}

# No screen shows them to others.
_QUIET = {"ticket.worked", "ticket.followed", "ticket.unfollowed"}

_MORE = "SELECT EXISTS (SELECT 1 FROM events_entry WHERE (tx, id) > (%s::text::xid8, %s))"


@dataclass(frozen=True, slots=True)
class News:
    """One look: what changed, whether rights did, and whether something is there that cannot be read yet."""

    changes: Sequence[Change]
    rights_changed: bool
    more: bool


class Feed:
    """A place in the journal. It begins at now: who connects looks at everything first."""

    def __init__(self) -> None:
        self.tx, self.entry_id = reader.horizon()

    def read(self) -> News:
        """The next entries, each once and none missed. Three queries: entries, their tickets, whether more are there.

        When one of them fails the place stays where it was.
        """
        entries = reader.after(self.tx, self.entry_id, PAGE)
        place = (entries[-1].tx, entries[-1].id) if entries else (self.tx, self.entry_id)
        fresh = [entry for entry in entries if entry.kind not in _QUIET and entry.recorded_at - entry.at < _HISTORY]
        facts = facts_of({entry.ticket_id for entry in fresh if entry.ticket_id is not None})
        changes = [_change(entry, facts[entry.ticket_id]) for entry in fresh if entry.ticket_id in facts]
        more = _beyond(*place)
        self.tx, self.entry_id = place
        return News(changes, any(entry.kind in _RIGHTS for entry in entries), more)

    def is_beyond(self) -> bool:
        """Whether the database is another one, in which this place has not come yet: it was restored."""
        return reader.horizon()[0] < self.tx


def _beyond(tx: int, entry_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MORE, [tx, entry_id])
        return bool(cursor.fetchone()[0])


def _change(entry: Entry, now: Facts) -> Change:
    assert entry.ticket_id is not None
    return Change(entry.id, entry.ticket_id, entry.kind, entry.actor_kind, entry.actor_id, now, _before(entry, now))


def _before(entry: Entry, now: Facts) -> Facts:
    """The facts before a change that took the ticket out of somebody's sight: they are told, and look in vain."""
    match entry.kind:
        case "ticket.team_changed":
            return replace(now, team_id=entry.data.get("from_team"))
        case "ticket.assigned":
            return replace(now, assignee_id=entry.data.get("from_agent"))
    return now
