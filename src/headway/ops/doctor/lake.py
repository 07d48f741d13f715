"""The event lake: whether it follows the journal, and whether its files are there and this database's own."""

from collections.abc import Iterator
from datetime import timedelta

from headway.foundation.clock import now
from headway.foundation.environment import Environment, lake_address
from headway.insight.places import is_ours_alone
from headway.insight.queries import lake as queries
from headway.ops.doctor.finding import Finding, ok, problem, warning

_LATE = timedelta(minutes=15)
_REBUILD = "A worker makes it anew from the journal within the hour. At once: headway lake rebuild"


def lake(env: Environment) -> Iterator[Finding]:
    """How large, how far behind, what is missing, and what belongs to another database."""
    state = queries.state()
    if state is None:
        yield ok("lake", "It begins with the first minute of a worker.")
        return
    if lost := queries.missing():
        says = f"{len(lost)} of the lake's files are not at {lake_address(env)}, such as {lost[0]}."
        yield problem("lake", says, _REBUILD)
        return
    if (strangers := queries.strangers()) and not is_ours_alone():
        names = ", ".join(sorted(strangers)[:3])
        yield warning(
            "lake",
            f"{sum(strangers.values()):,} bytes at {lake_address(env)} belong to another database, in {names}.",
            "Where no other Headway keeps its lake there, and no restore is to be taken back, delete them.",
        )
    found = queries.extent()
    told = f"{found.rows:,} rows in {found.parts:,} files, {found.size:,} bytes"
    if queries.has_lost_its_place():
        yield warning("lake", "The journal came from elsewhere: the next run makes the lake anew.", "Start a worker.")
    elif found.through_at is None or found.through_at < now() - _LATE:
        since = f"since {found.through_at:%Y-%m-%d %H:%M} UTC" if found.through_at else "and has not caught up yet"
        says = f"{told}; {found.waiting:,} entries of the journal wait {since}."
        yield warning("lake", says, "Start a worker: headway up. Or look at the dead letters at the desk.")
    else:
        yield ok("lake", f"{told}, up to {found.through_at:%Y-%m-%d %H:%M} UTC.")
