"""What a system's things are here, and what becomes of them in this run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from headway.moving.models import Item, Problem, Run
from headway.moving.records import Trouble

COUNTED = ("source", "new", "changed", "same", "reported")


class Book:
    """Of one run: ids by kind and key, counts by kind, and what could not be taken."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.counts: dict[str, dict[str, int]] = {}
        self._ids: dict[str, dict[str, int]] = defaultdict(dict)
        self._digests: dict[str, str] = {}
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
        rows = [
            Item(system=self.run.system, kind=kind, key=key, target=target, digest=digest, run=self.run)
            for key, target, digest in found
        ]
        Item.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["system", "kind", "key"],
            update_fields=["target", "digest", "run"],
            batch_size=1000,
        )
        for row in rows:
            self._ids[kind][row.key] = row.target
            self._digests[f"{kind} {row.key}"] = row.digest

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
        Problem.objects.bulk_create(
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
        )

    def save(self) -> None:
        """Writes down how far the run is."""
        self.run.counts = self.counts
        self.run.save(update_fields=["counts"])
