"""The files of messages and notes: how many are here, and why the others are not."""

from headway.moving.actions.book import Book
from headway.moving.lying import Files
from headway.moving.queries.attached import attached
from headway.moving.records import Trouble
from headway.moving.staging import Staging

_KIND = "file"
_LEFT = "its ticket is left as it is here"
_BATCH = 500
_ALONE = "what it was attached to is not here"


def count_before(staging: Staging, book: Book) -> int:
    """How many of them are here before anything is brought."""
    return sum(here is True for _comment, _file, here in attached(staging, book.run.system))


def account(staging: Staging, book: Book, lying: Files, before: int) -> None:
    """Counts every file of the source, and reports those that are not here."""
    every, found, part = 0, 0, list[Trouble]()
    for comment, file, here in attached(staging, book.run.system):
        every, found = every + 1, found + (here is True)
        if not here:
            reason = _ALONE if here is None else _LEFT if lying.find(file) else lying.why(file)
            part.append(Trouble(kind=_KIND, key=file.key or comment.key, reason=reason, detail=file.url))
        if len(part) == _BATCH:
            book.report(*part)
            part = []
    book.report(*part)
    if every:
        book.count(_KIND, "source", every)
        book.count(_KIND, "new", max(found - before, 0))
        book.count(_KIND, "same", min(before, found))
        counts = book.counts[_KIND]
        counts["here"], counts["missing"] = found, counts["source"] - found - counts["reported"]
