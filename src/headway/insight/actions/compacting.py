"""Many small files of a month become one."""

from collections import defaultdict

from headway.events.actor import Actor
from headway.insight.actions.committing import commit, current, engine
from headway.insight.lake.writing import merged
from headway.insight.models import LakePart
from headway.insight.places import place
from headway.insight.queries.lake import parts

# From so many small files on a month is compacted; one with so many rows is left as it is.
MANY = 12
LARGE = 500_000


def compact(*, actor: Actor) -> int:
    """Merges the small files of each month that has many; returns how many files went."""
    gone = 0
    groups: dict[tuple[str, object], list[LakePart]] = defaultdict(list)
    for part in parts():
        if part.rows < LARGE:
            groups[part.table, part.month].append(part)
    for (table, _month), small in groups.items():
        if len(small) < MANY:
            continue
        state = current(actor=actor)
        with engine() as made:
            paths = [place().local(part.name, made.folder) for part in small]
            one = merged(made, table, small[0].month, paths)
            if commit(state, [one], small, actor=actor):
                gone += len(small) - 1
    return gone
