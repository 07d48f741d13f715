"""What customers wrote first, read by meaning once for all findings that need it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from headway.foundation.language import identify
from headway.insight.lake.engine import Lake

MOST_READ: Final = 4000
FEWEST: Final = 5  # tickets that make a question
_LENGTH: Final = 200  # characters: the subject and how the text begins say what is asked
_BATCH: Final = 64  # texts between two movements of the bar: a second or two, also on a busy machine
PORTIONS: Final = -(-MOST_READ // _BATCH)
PART: Final = "Texts read by meaning"


@dataclass(frozen=True, slots=True)
class Openings:
    """Tickets that were read, the group of each (-1: of none that is large enough), and the groups' names."""

    rows: list[dict[str, Any]]
    labels: list[int]
    names: dict[int, str]


def portions(texts: int) -> int:
    """How many of the `PORTIONS` at most so many texts are."""
    return min(-(-texts // _BATCH), PORTIONS)


def read(lake: Lake, threads: int, progress: Callable[[str, int], None]) -> Openings:
    """Up to `MOST_READ` tickets, drawn in an order as good as random, grouped by what they ask."""
    import numpy as np

    from headway.foundation.embeddings import builtin
    from headway.insight.questions.groups import grouped
    from headway.insight.rules.naming import named

    rows = [row for row in lake.named("openings", most=MOST_READ) if opening(row)]
    if len(rows) < 2 * FEWEST:
        return Openings(rows, [-1] * len(rows), {})
    texts = [opening(row) for row in rows]
    once = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    progress(PART, 0)
    pieces, model = [], builtin(threads)
    for begin in range(0, len(once), _BATCH):
        pieces.append(model.embed(list(once)[begin : begin + _BATCH]))
        progress(PART, min(begin + _BATCH, len(once)))
    vectors = np.concatenate(pieces)
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(grouped(vectors[[once[text] for text in texts]])):
        if label >= 0:
            groups.setdefault(int(label), []).append(place)
    groups = {label: places for label, places in groups.items() if len(places) >= FEWEST}
    labels = [-1] * len(rows)
    for label, places in groups.items():
        for place in places:
            labels[place] = label
    return Openings(
        rows, labels, named({label: [texts[place] for place in places] for label, places in groups.items()})
    )


def languages(found: Openings) -> list[str]:
    """The languages in which enough tickets begin to make a question, the most frequent first (ISO 639-1)."""
    known = Counter(identify(opening(row)) for row in found.rows)
    return [code for code, tickets in known.most_common() if code and tickets >= FEWEST]


def opening(row: dict[str, Any]) -> str:
    """What says what a ticket asks; empty when nothing does."""
    return " ".join(f"{row['subject'] or ''}. {row['text'] or ''}".split()).strip(" .")[:_LENGTH]
