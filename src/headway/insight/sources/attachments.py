"""The files of a download: beside its documents in a folder, each fetched once, and what became of those that are not.

A document counts as fetched behind its files, so that addresses which are signed for minutes are used at once, and
fetched anew with it when a run is killed between them.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from headway.insight.sources.carrying import Outcome, carry
from headway.insight.sources.hanging import Files, Hanging, name_of
from headway.insight.sources.session import Session

FOLDER: Final = "attachments"
_LEFT: Final = "headway-attachments.jsonl"


class Attachments:
    """Fetches what documents name. `tell` hears of each file that was looked at."""

    def __init__(self, session: Session, folder: Path, files: Files, tell: Callable[[int], None]) -> None:
        self._session, self._files, self._tell = session, files, tell
        self._folder, self._left, self._count = folder, folder / _LEFT, 0
        (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
        self._said = _said(folder)

    def again(self) -> None:
        """Tries once more what was out of reach in the run before."""
        for file, outcome in list(self._said.values()):
            if outcome == Outcome.UNREACHABLE:
                self._one(file)

    def of(self, document: Mapping[str, Any]) -> None:
        """Every file of a document that is not here."""
        for file in self._files(document):
            self._one(file)

    def _one(self, file: Hanging) -> None:
        if path_of(self._folder, file.key) is None:
            outcome = carry(self._session, file, self._folder / FOLDER / name_of(file.key))
            if outcome != Outcome.BROUGHT or file.key in self._said:
                self._said[file.key] = file, outcome
                with self._left.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps({"file": asdict(file), "outcome": outcome}) + "\n")
        self._count += 1
        self._tell(self._count)


def outcomes(folder: Path) -> dict[str, Outcome]:
    """What became of files, by key; of those that came at the first try nothing is said."""
    return {key: outcome for key, (_file, outcome) in _said(folder).items()}


def path_of(folder: Path, key: str) -> Path | None:
    """Where a file lies; None when it is not here."""
    path = folder / FOLDER / name_of(key)
    return path if key and path.is_file() else None


def _said(folder: Path) -> dict[str, tuple[Hanging, Outcome]]:
    found: dict[str, tuple[Hanging, Outcome]] = {}
    path = folder / _LEFT
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            said = json.loads(line)
            found[said["file"]["key"]] = Hanging(**said["file"]), Outcome(said["outcome"])
        except (ValueError, KeyError, TypeError):
            continue  # a line that broke off: its file comes with its document again
    return found
