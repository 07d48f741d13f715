"""What a system's things are here, and what becomes of them in this run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from headway.foundation.rows import fetch_sql
from headway.moving.models import Item, Problem, Run
from headway.moving.records import Trouble

COUNTED = ("source", "new", "changed", "same", "reported")
_KEEP: Final = """
INSERT INTO moving_item (system, kind, key, target, digest, run_id)
SELECT %s, %s, key, target, digest, %s
FROM jsonb_to_recordset(%s::jsonb) AS (key text, target bigint, digest text)
ON CONFLICT (system, kind, key)
DO UPDATE SET target = excluded.target, digest = excluded.digest, run_id = excluded.run_id RETURNING 1
"""


class Book:
    """Of one run: ids by kind and key, counts by kind, and what could not be taken."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.counts: dict[str, dict[str, int]] = {}
        self._ids: dict[str, dict[str, int]] = defaultdict(dict)
        self._digests: dict[str, str] = {}
        # one that was stopped or killed tells again of what it could not take
        self._told = set(Problem.objects.filter(run=run).values_list("kind", "key", "file", "place", "reason"))
        rows = Item.objects.filter(system=run.system).values_list("kind", "key", "target", "digest")
        for kind, key, target, digest in rows.iterator(chunk_size=10_000):
            self._ids[kind][key] = target
            if digest:
                self._digests[f"{kind} {key}"] = digest

    def ids(self, kind: str) -> Mapping[str, int]:
        """What the things of a kind are here."""
        return self._ids[kind]

    def digest(self, kind: str, key: str) -> str:
        """What was last known of a thing."""
        return self._digests.get(f"{kind} {key}", "")

    def keep(self, kind: str, found: Iterable[tuple[str, int, str]]) -> None:
        """Writes down keys, ids and digests, in the caller's transaction."""
        rows = [(key, target, digest) for key, target, digest in found]
        if rows:
            told = [{"key": key, "target": target, "digest": digest} for key, target, digest in rows]
            fetch_sql(_KEEP, [self.run.system, kind, self.run.pk, msgspec.json.encode(told).decode()])
        for key, target, digest in rows:
            self._ids[kind][key] = target
            self._digests[f"{kind} {key}"] = digest

    def forget(self, kind: str, keys: Iterable[str]) -> None:
        """Takes back what a transaction that failed had kept."""
        for key in keys:
            self._ids[kind].pop(key, None)
            self._digests.pop(f"{kind} {key}", None)

    def count(self, kind: str, what: str, number: int = 1) -> None:
        """Counts what became of things of a kind."""
        self.counts.setdefault(kind, dict.fromkeys(COUNTED, 0))[what] += number

    def report(self, *troubles: Trouble) -> None:
        """Writes down what could not be taken, or not whole."""
        for trouble in troubles:
            if trouble.lost:
                self.count(trouble.kind, "reported")
        rows = [
            Problem(
                run=self.run,
                kind=trouble.kind,
                key=trouble.key[:100],
                file=trouble.file[:255],
                place=trouble.place,
                reason=trouble.reason[:200],
                detail=trouble.detail[:1000],
                lost=trouble.lost,
            )
            for trouble in troubles
        ]
        fresh = {(row.kind, row.key, row.file, row.place, row.reason): row for row in rows}
        Problem.objects.bulk_create(row for told, row in fresh.items() if told not in self._told)
        self._told |= fresh.keys()

    def save(self) -> None:
        """Writes down how far the run is."""
        self.run.counts = self.counts
        self.run.save(update_fields=["counts"])
