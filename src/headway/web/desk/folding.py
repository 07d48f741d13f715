"""A long conversation, folded: the first unread and the latest stand there, the rest behind how many it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from headway.web.desk.timeline import Entry, Happened, Said

LATEST: Final = 12  # messages and notes at the end, and from the first unread on
FEWEST: Final = 4  # fewer are not worth a fold
STEP: Final = 20  # how many one press brings
MOST: Final = 200  # how many a search in the page, or a link to one message, brings at most


@dataclass(frozen=True, slots=True)
class Fold:
    """Entries that are not shown, between two that are: their keys, "" where it begins. `count`: messages and notes."""

    ticket_id: int
    count: int
    after: str
    before: str
    kind: str = "fold"

    @property
    def address(self) -> str:
        """Where the last of them come from."""
        return f"/desk/tickets/{self.ticket_id}/earlier?{urlencode({'after': self.after, 'before': self.before})}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Messages and notes that were not read, so many; there are always enough of them for a fold."""

    count: int
    kind: str = "skipped"


def key(entry: Entry | Skipped) -> str:
    """By what a fold names a message or note: "m12", "n7"."""
    return f"{entry.kind[0]}{entry.id}" if isinstance(entry, Said) else ""


def folded(
    entries: Sequence[Entry | Skipped], ticket_id: int, news: tuple[str, int] | None = None
) -> list[Entry | Fold]:
    """What is shown of a conversation when it is opened. `news`: kind and id of the first that is unread."""
    said = [at for at, entry in enumerate(entries) if isinstance(entry, Said)]
    shown = set(said[-LATEST:])
    for place, at in enumerate(said):
        if news and (entries[at].kind, getattr(entries[at], "id", 0)) == news:
            shown |= set(said[place : place + LATEST])
    return _joined(entries, shown, ticket_id, "", "")


def part(
    entries: Sequence[Entry | Skipped], ticket_id: int, after: str, before: str, *, reach: str = "", most: int = STEP
) -> list[Entry | Fold] | None:
    """What comes where a fold stood: the last of it, with the rest folded. With `reach`, from that message on; None
    when it is not in this fold."""
    places = {key(entry): at for at, entry in enumerate(entries) if isinstance(entry, Said)}
    begin = places.get(after, -1) + 1
    end = places.get(before, len(entries))
    while after and begin < end and isinstance(entries[begin], Happened):
        begin += 1  # what happened right after the last that is shown stands above the fold
    inside = entries[begin:end]
    said = [at for at, entry in enumerate(inside) if isinstance(entry, Said)]
    shown = said[-min(most, MOST) :]
    if reach:
        target = next((place for place, at in enumerate(said) if key(inside[at]) == reach), None)
        if target is None:
            return None
        shown = said[target:] if len(said) - target <= MOST else said[target : target + STEP]
    return _joined(inside, set(shown), ticket_id, after, before)


def _joined(
    entries: Sequence[Entry | Skipped], shown: set[int], ticket_id: int, after: str, before: str
) -> list[Entry | Fold]:
    """The entries with a fold for each run of messages and notes that is not shown, together with what happened
    among them."""
    result: list[Entry | Fold] = []
    hidden: list[Entry | Skipped] = []
    last = after

    def close(until: str) -> None:
        said = sum(entry.count if isinstance(entry, Skipped) else isinstance(entry, Said) for entry in hidden)
        if said < FEWEST:
            result.extend(entry for entry in hidden if not isinstance(entry, Skipped))
        else:
            result.append(Fold(ticket_id, said, last, until))
        hidden.clear()

    for at, entry in enumerate(entries):
        if isinstance(entry, Happened) and not hidden and (result or not _hides_next(entries, shown, at)):
            result.append(entry)
        elif at in shown and not isinstance(entry, Skipped):
            close(key(entry))
            result.append(entry)
            last = key(entry)
        else:
            hidden.append(entry)
    close(before)
    return result


def _hides_next(entries: Sequence[Entry | Skipped], shown: set[int], at: int) -> bool:
    following = next((number for number in range(at, len(entries)) if not isinstance(entries[number], Happened)), None)
    return following is not None and following not in shown
