"""`headway audit` as a person runs it, on an export of tickets with what customers and the team wrote."""

import csv
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.audited import Run, measured

_QUESTIONS: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "questions"
_COLUMNS: Final = ("Ticket", "Time", "Activity", "Role", "Agent", "Group", "Customer", "Subject", "Text")
_BEGAN: Final = datetime(2025, 1, 6, 8, tzinfo=UTC)
_AGENTS: Final = tuple(f"Agent {number}" for number in range(1, 31))
_REPLIES: Final = (
    "Thank you for writing. I have looked at your account and set it right; please try again and tell me if it fails.",
    "This takes two working days. You get a mail as soon as it is done, and need do nothing until then.",
    "Could you send me the number of the order and a picture of what you see? Then I can look for the cause.",
    "I have asked the colleagues who look after this, and come back to you today.",
)
_AGAIN: Final = ("It still does not work.", "Here is what you asked for: 4417.", "Thanks!", "Any news on this?")
Row = tuple[str, ...]


def run(tickets: int, seed: int) -> Run:
    """The command on a made export. Without a column of categories, so that these are found by meaning as well."""
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as place:
        path = Path(place) / "export.csv"
        return measured("csv", _write(path, tickets, seed), path, Path(place))


def _write(path: Path, tickets: int, seed: int) -> int:
    """Writes the export in the order of tickets; how many rows it has. The same for the same seed."""
    rng, asked, rows = random.Random(seed), _questions(), 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for number in range(tickets):
            for row in _ticket(number, rng, asked, timedelta(days=365) * number / tickets):
                writer.writerow(row)
                rows += 1
    return rows


def _questions() -> Sequence[str]:
    """What customers asked, from the public sets beside the checkout."""
    with (_QUESTIONS / "banking77_train.csv").open(newline="", encoding="utf-8") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    requests = json.loads((_QUESTIONS / "clinc150_train_val.json").read_text(encoding="utf-8"))
    return found + [text for text, _intent in requests["train"]]


def _ticket(number: int, rng: random.Random, asked: Sequence[str], after: timedelta) -> Iterator[Row]:
    at = _BEGAN + after
    name, customer, group = f"T-{number}", f"customer{rng.randrange(20_000)}@mail.example", "Frontline"
    agent = rng.choice(_AGENTS)

    def row(activity: str, side: str, who: str, text: str = "", subject: str = "") -> Row:
        return (name, at.isoformat(), activity, side, who, group, customer, subject, text)

    question = rng.choice(asked)
    yield row("Ticket created", "customer", customer, question, question[:60])
    for _turn in range(rng.choice((1, 1, 1, 2, 3))):
        at += timedelta(minutes=rng.randint(3, 600))
        if rng.random() < 0.15:
            group = rng.choice(("Billing", "Technical"))
            yield row("Group changed", "agent", agent)
            agent = rng.choice(_AGENTS)
            at += timedelta(minutes=rng.randint(5, 300))
        yield row("Agent reply", "agent", agent, rng.choice(_REPLIES))
        if rng.random() < 0.5:
            yield row("Status set to pending", "agent", agent)
            at += timedelta(minutes=rng.randint(30, 2000))
            yield row("Customer reply", "customer", customer, rng.choice(_AGAIN))
    at += timedelta(minutes=rng.randint(1, 60))
    if rng.random() < 0.03:
        return
    yield row("Status set to solved", "agent", agent)
    if rng.random() < 0.06:
        at += timedelta(hours=rng.randint(2, 200))
        yield row("Reopened", "customer", customer, _AGAIN[0])
        at += timedelta(minutes=rng.randint(20, 900))
        yield row("Agent reply", "agent", agent, rng.choice(_REPLIES))
        yield row("Status set to solved", "agent", agent)
