"""Categories where a source has none: the questions that recur, read by meaning; beyond what is read, by words."""

import csv
from dataclasses import dataclass
from typing import Final

from headway.insight.lake.deriving import Within, categorise
from headway.insight.lake.engine import Lake, spilled
from headway.insight.questions import words
from headway.insight.questions.openings import MOST_READ, Openings, opening
from headway.insight.reading.unpacked import quoted

_MOST: Final = 1_000_000
_BATCH: Final = 5000


@dataclass(frozen=True, slots=True)
class Clustered:
    """How many tickets got a category; `right` is what a held-out half says of those told by words alone."""

    tickets: int
    right: float | None


def fill(lake: Lake, found: Openings, within: Within) -> Clustered:
    """Gives tickets the name of their question as a category, where they have one. The engine gets it as a table."""
    named = {label: name for label, name in found.names.items() if name}
    tickets = 0
    with spilled(lake, "clustered.csv") as path:
        with path.open("w", newline="", encoding="utf-8", errors="replace") as file:
            rows = csv.writer(file)
            for row, label in zip(found.rows, found.labels, strict=True):
                if label in named:
                    rows.writerow((row["ticket_id"], named[label]))
                    tickets += 1
            told = (
                words.learn([opening(row) for row in found.rows], found.labels)
                if len(found.rows) >= MOST_READ
                else None
            )
            if told is not None:
                for number, label in _others(lake, found, told):
                    if label in named:
                        rows.writerow((number, named[label]))
                        tickets += 1
        written = "FORMAT csv, HEADER false, AUTO_DETECT false, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
        lake.run(f"COPY asked FROM '{quoted(path)}' ({written})")
    if tickets:
        categorise(lake, within)
    return Clustered(tickets, told.right if told else None)


def _others(lake: Lake, found: Openings, told: words.ByWords) -> list[tuple[int, int]]:
    """Ticket and group of those that were not read, some thousand at a time."""
    done = {row["ticket_id"] for row in found.rows}
    made: list[tuple[int, int]] = []
    for batch in lake.stream("openings", _BATCH, most=_MOST):
        rows = [row for row in batch if row["ticket_id"] not in done and opening(row)]
        labels = told.labels([opening(row) for row in rows])
        made += [(row["ticket_id"], label) for row, label in zip(rows, labels, strict=True) if label >= 0]
    return made
