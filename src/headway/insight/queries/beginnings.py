"""With which team each ticket began: the lake's rows tell where it went, the journal from where it came."""

from typing import Final

from headway.events.models import Entry
from headway.insight.lake.engine import Lake
from headway.insight.rules.people import person_id

_BATCH: Final = 5000


def fill(lake: Lake) -> None:
    """Puts the team on each ticket's creation: whence its first move was; where it never moved, the one it has."""
    lake.run("CREATE TABLE begun (ticket_id BIGINT, team_id BIGINT)")
    first = lake.rows("SELECT min(event_id) FROM events WHERE activity = 'moved to a team' GROUP BY ticket_id")
    moves = [row[0] for row in first]
    for start in range(0, len(moves), _BATCH):
        found = Entry.objects.filter(pk__in=moves[start : start + _BATCH]).values_list("ticket_id", "data__from_team")
        rows = [(ticket, person_id("team", team)) for ticket, team in found]
        lake.run(
            "INSERT INTO begun SELECT unnest(CAST(? AS BIGINT[])), unnest(CAST(? AS BIGINT[]))",
            [[ticket for ticket, _team in rows], [team for _ticket, team in rows]],
        )
    lake.run(
        "INSERT INTO begun SELECT k.ticket_id, k.team_id FROM kept_tickets AS k "
        "LEFT JOIN begun AS b ON b.ticket_id = k.ticket_id WHERE b.ticket_id IS NULL AND k.team_id IS NOT NULL"
    )
    lake.run(
        "UPDATE events SET team_id = b.team_id FROM begun AS b "
        "WHERE b.ticket_id = events.ticket_id AND events.kind = 'created' AND events.team_id IS NULL"
    )
