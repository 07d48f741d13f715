"""Old mail as a source: mbox files, Maildirs and single mails, in the words of an import."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from headway.intake.email import importing
from headway.intake.email.importing import Counts
from headway.moving.records import Trouble
from headway.moving.rehearsal import reasons
from headway.moving.sources.port import Progress

KIND: Final = "message"
_SHOWN: Final = 20
_STRANGE: Final = "it does not begin as a mail does; it will be kept in quarantine"


def told(path: Path, progress: Progress) -> dict[str, Any]:
    """What mails there are, and how many of them are known; as a dry run says it of other sources."""
    counts = importing.look([path], progress=progress)
    found = counts.read + len(counts.unreadable)
    troubles = [*unreadable(counts, path), *(_trouble(name, _STRANGE, path) for name in counts.strange)]
    return {
        "counts": {KIND: {"source": found, "known": counts.duplicates}},
        "columns": [],
        "problems": len(counts.unreadable) + counts.quarantined,
        "reasons": reasons(troubles),
        "first_problems": [
            {"kind": one.kind, "key": "", "file": one.file, "place": one.place, "reason": one.reason}
            for one in troubles[:_SHOWN]
        ],
    }


def unreadable(counts: Counts, path: Path) -> Iterator[Trouble]:
    """What could not be opened or is larger than any mail, with its place under the path."""
    for one in counts.unreadable:
        yield _trouble(one["path"], one["reason"], path)


def _trouble(name: str, reason: str, path: Path) -> Trouble:
    box, _mark, number = name.rpartition("#")
    place = int(number) if box and number.isdecimal() else 0
    file = Path(box if place else name)
    shown = file.relative_to(path) if path.is_dir() and file.is_relative_to(path) else Path(file.name)
    return Trouble(kind=KIND, file=str(shown)[-255:], place=place, reason=reason[:200])
