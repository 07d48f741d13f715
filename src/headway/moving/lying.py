"""The files of messages: those that lie beside an export, or were fetched with a download; and why one is not here."""

import re
from pathlib import Path
from typing import Final, Protocol

from headway.insight.sources import attachments, kept
from headway.insight.sources.carrying import Outcome
from headway.moving.records import Attached

_ID: Final = re.compile(r"(\d+)")
_STANDS: Final = "its address stands in the message"
_ABSENT: Final = f"the file is not in the export; {_STANDS}"
_WHY: Final = {
    Outcome.TOO_LARGE: f"the file is too large; {_STANDS}",
    Outcome.GONE: f"the file is gone there; {_STANDS}",
    Outcome.REFUSED: f"the old system refuses the file; {_STANDS}",
    Outcome.ASTRAY: f"the file's address may not be asked; {_STANDS}",
    Outcome.UNREACHABLE: f"the file is out of reach, try again; {_STANDS}",
}


class Files(Protocol):
    """What lies somewhere."""

    def find(self, attached: Attached) -> Path | None:
        """Where the file lies."""

    def why(self, attached: Attached) -> str:
        """Why it does not."""


def beside(path: Path, folder: str) -> Files:
    """The files of what is read at a path: of a download those fetched with it, else those in a `folder` beside it."""
    if path.is_dir() and (path / kept.STATE).is_file():
        return Fetched(path)
    return Beside((path if path.is_dir() else path.parent) / folder)


class Beside:
    """The files that lie beside an export, in a folder: `ID`, `ID-name`, `ID_name` or `ID/name`; else by their name."""

    def __init__(self, folder: Path) -> None:
        self._by_id: dict[str, Path] = {}
        self._by_name: dict[str, Path | None] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                for part in (path.name, path.parent.name if path.parent != folder else ""):
                    number = _ID.match(part)
                    if number:
                        self._by_id.setdefault(number[1], path)
                # of two with one name nobody can tell which is meant
                self._by_name[path.name] = None if path.name in self._by_name else path

    def find(self, attached: Attached) -> Path | None:
        """By its number, else by its name."""
        return self._by_id.get(attached.key) or self._by_name.get(attached.name)

    def why(self, _attached: Attached) -> str:
        """It is not among them."""
        return _ABSENT


class Fetched:
    """The files of a download, by their keys alone: a name may be anybody's."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._outcomes = folder, attachments.outcomes(folder)

    def find(self, attached: Attached) -> Path | None:
        """By its key."""
        return attachments.path_of(self._folder, attached.key)

    def why(self, attached: Attached) -> str:
        """What became of it when it was fetched."""
        return _WHY.get(self._outcomes.get(attached.key, Outcome.BROUGHT), _ABSENT)
