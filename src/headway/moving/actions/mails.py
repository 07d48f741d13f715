"""Old mail brought in by an import of the desk: kept, put into conversations and reported as `import mail` does it."""

from collections.abc import Iterator
from datetime import timedelta

from headway.intake.email import importing
from headway.intake.email.importing import Counts
from headway.intake.models import RawMail
from headway.moving.actions.book import Book
from headway.moving.models import Run
from headway.moving.reading import Wanted
from headway.moving.records import Trouble
from headway.moving.sources.mails import KIND, unreadable
from headway.moving.sources.port import Progress


def bring(run: Run, wanted: Wanted, progress: Progress) -> dict[str, dict[str, int]]:
    """Brings every mail that is not here yet; what became of them by kind. Begun again, it goes on."""
    days = wanted.options.close_after
    close = timedelta(days=days) if days else None
    counts = importing.run([wanted.path], progress=progress, close_after=close)
    book = Book(run)
    book.count(KIND, "source", counts.read + len(counts.unreadable))
    book.count(KIND, "new", counts.messages)
    book.count(KIND, "same", counts.duplicates - len(counts.aside))
    book.report(*unreadable(counts, wanted.path), *_put_aside(counts))
    book.count("ticket", "source", counts.tickets)
    book.count("ticket", "new", counts.tickets)
    arrived = RawMail.objects.filter(run=counts.number, state=RawMail.States.DONE).count()
    here = {KIND: arrived + counts.duplicates - len(counts.aside), "ticket": counts.tickets}
    return {kind: _reconciled(one, here[kind]) for kind, one in book.counts.items()}


def _put_aside(counts: Counts) -> Iterator[Trouble]:
    """What lies in quarantine: of this run, and of one before it, which may have been killed."""
    rows = RawMail.objects.filter(run=counts.number, state=RawMail.States.QUARANTINED).order_by("pk")
    for pk in (*counts.aside, *rows.values_list("pk", flat=True).iterator()):
        yield Trouble(kind=KIND, key=str(pk), reason="it cannot be read as a mail; it is kept in quarantine")


def _reconciled(counts: dict[str, int], here: int) -> dict[str, int]:
    return {**counts, "here": here, "missing": max(counts["source"] - here - counts["reported"], 0)}
