"""Whether everything a source holds is here or reported: counted from the desk's own rows, not from the run's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from headway.foundation.rows import fetch_sql
from headway.moving.models import Item, Problem, Run
from headway.moving.records import Asked, Bond, Brand, Comment, Matter, Organisation, Person, Prepared, Rule, Team, View
from headway.moving.staging import Staging

_CHUNK: Final = 5000
_SAID: Final = """
SELECT e.source_key FROM events_entry e
WHERE e.source_key = ANY(%s) AND (
  EXISTS (SELECT FROM tickets_message m WHERE m.id = (e.data ->> 'message_id')::bigint)
  OR EXISTS (SELECT FROM tickets_note n WHERE n.id = (e.data ->> 'note_id')::bigint)
)
"""
_TICKETS: Final = "SELECT number FROM tickets_origin WHERE system = %s AND number = ANY(%s)"
_KINDS: Final = (
    ("team", Team),
    ("organisation", Organisation),
    ("brand", Brand),
    ("link", Bond),
    ("field", Asked),
    ("macro", Prepared),
    ("view", View),
    ("rule", Rule),
)


def reconcile(staging: Staging, run: Run, told: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The run's counts, by kind with how many are `here` and how many are neither here nor reported (`missing`)."""
    system = run.system
    reported = set(Problem.objects.filter(run=run, lost=True).values_list("kind", "key"))
    for kind, wanted, here in _compared(staging, system):
        counts = told.setdefault(kind, {})
        counts["here"] = counts.get("here", 0) + len(here)
        lost = [key for key in wanted if key not in here and (kind, key) not in reported]
        counts["missing"] = counts.get("missing", 0) + len(lost)
    return told


def _compared(staging: Staging, system: str) -> Iterator[tuple[str, Sequence[str], set[str]]]:
    """Of each kind, part by part: the keys of the source, and those of them that are here."""
    for kind, record in _KINDS:
        yield from _items(kind, (one.key for one in staging.all(record)), system)
    yield from _items("agent", (one.key for one in staging.all(Person) if one.agent), system)
    asking = staging.customers()
    people = (one.key for one in staging.all(Person) if not one.agent or one.key in asking)
    yield from _items("customer", people, system)
    for tickets in _chunks(one.key for one in staging.all(Matter)):
        yield "ticket", tickets, {number for (number,) in fetch_sql(_TICKETS, [system, list(tickets)])}
    for public, kind in ((True, "message"), (False, "note")):
        for keys in _chunks(one.key for one in staging.all(Comment) if one.public is public):
            names = {f"{system}:c{key}": key for key in keys}
            yield kind, keys, {names[name] for (name,) in fetch_sql(_SAID, [list(names)])}


def _items(kind: str, keys: Iterable[str], system: str) -> Iterator[tuple[str, Sequence[str], set[str]]]:
    for part in _chunks(keys):
        rows = Item.objects.filter(system=system, kind=kind, key__in=part).values_list("key", flat=True)
        yield kind, part, set(rows)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for key in keys:
        part.append(key)
        if len(part) == _CHUNK:
            yield part
            part = []
    if part:
        yield part
