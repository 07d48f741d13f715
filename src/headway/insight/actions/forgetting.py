"""What was erased from the journal goes from the lake."""

from pathlib import Path

from headway.events.actor import Actor
from headway.insight.actions.committing import commit, current, engine
from headway.insight.lake.engine import Lake, parquet
from headway.insight.lake.writing import Written, copied
from headway.insight.models import Audit, LakePart, LakeState
from headway.insight.places import place
from headway.insight.queries.gathering import alive
from headway.insight.queries.lake import parts

_AT_ONCE = 10_000


def forget(*, actor: Actor) -> int:
    """Writes the files anew that speak of tickets the journal knows no more; returns how many tickets went.

    Nothing is done unless entries were erased since the last time.
    """
    state = current(actor=actor)
    if not state.forget:
        return 0
    with engine() as made:
        places = {part: place().local(part.name, made.folder) for part in parts() if part.table != "undone"}
        lost = _lost(made, places)
        written, old = _without(made, places, lost)

        def also(row: LakeState) -> None:
            row.forget = False
            Audit.objects.all().delete()  # what was found names tickets, and words that customers share

        commit(state, written, old, also=also, actor=actor)
    return len(lost)


def _lost(made: Lake, places: dict[LakePart, Path]) -> list[int]:
    if not places:
        return []
    tables = [[path for part, path in places.items() if part.table == name] for name in ("events", "tickets")]
    known = " UNION ".join(f"SELECT ticket_id FROM {parquet(paths)}" for paths in tables if paths)
    made.run(f"CREATE TABLE known AS {known}")
    ids = [row[0] for row in made.rows("SELECT ticket_id FROM known ORDER BY ticket_id")]
    found: list[int] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        kept = alive(some)
        found += [one for one in some if one not in kept]
    made.run("CREATE TABLE lost (ticket_id BIGINT)")
    if found:
        made.run(f"INSERT INTO lost VALUES {', '.join(f'({int(one)})' for one in found)}")
    return found


def _without(made: Lake, places: dict[LakePart, Path], lost: list[int]) -> tuple[list[Written], list[LakePart]]:
    """The affected files without the lost tickets, and those they stand for."""
    written: list[Written] = []
    old: list[LakePart] = []
    for part, path in places.items() if lost else ():
        (hit,) = made.one(f"SELECT count(*) FROM {parquet([path])} AS f JOIN lost USING (ticket_id)")
        if not hit:
            continue
        old.append(part)
        where = "given.ticket_id NOT IN (SELECT ticket_id FROM lost)"
        one = copied(made, part.table, part.month, parquet([path]), where)
        aside = one.path.with_name(f"{len(old)}-{one.path.name}")
        one.path.rename(aside)
        if one.rows:
            written.append(Written(one.table, one.month, aside, one.rows))
    return written, old
