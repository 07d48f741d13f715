"""JSON of help desks: pages of their APIs, lists, or an object a line, in one file or a folder of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from headway.foundation.errors import Invalid
from headway.insight.reading.documents import each
from headway.insight.reading.json_stream import Broken
from headway.insight.sources import kept
from headway.moving.records import Anything, Trouble
from headway.moving.sources.port import Column, Options, Progress
from headway.moving.staging import Staging

Make = Callable[[Mapping[str, Any]], Sequence[Anything]]
# By the name of the list that an element stands in ("" for one that stands alone): what it is, and what makes records
# of it.
Lists = Mapping[str, tuple[str, Make]]

ENDINGS: Final = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
BROKEN: Final = "export"  # the kind of a file of the export that cannot be read to its end: who knows what it held
ATTACHMENTS: Final = "attachments"
_EVERY: Final = 500


class Left(ValueError):
    """What is not brought, and why: deleted there, spam, a draft. `detail` names it for people.

    Not `lost` is what tells how something came, and was none of its own.
    """

    def __init__(self, reason: str, detail: str = "", *, lost: bool = True) -> None:
        super().__init__(reason)
        self.detail, self.lost = detail, lost


class Documents:
    """A help desk whose documents need nothing but the names of their lists to be told apart.

    `alone` says which list an element without one belongs to, by a name that only its elements have.
    """

    def __init__(self, name: str, lists: Callable[[Options], Lists], alone: Sequence[tuple[str, str]] = ()) -> None:
        self.name = name
        self._lists, self._alone = lists, alone

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> list[Column]:
        """Stages every file. What cannot be read is a trouble with its number within its file."""
        lists = self._lists(options)
        for file in documents(path):
            taking = Taking(file, lists, staging, progress)
            try:
                for name, element in each(file, lists):
                    named = name or self._list_of(element)
                    if named in lists:
                        taking.take(named, element)
            except (Broken, OSError, EOFError) as error:
                taking.lose(BROKEN, "the file breaks off or is no JSON", detail=str(error))
            taking.end()
        return []

    def _list_of(self, element: Any) -> str:
        return next((name for field, name in self._alone if isinstance(element, Mapping) and field in element), "")


def documents(path: Path) -> list[Path]:
    """The documents at a path, those of a download in their order. Raises Invalid when there are none."""
    found = [path] if path.is_file() else kept.files(path) or sorted(_below(path))
    if not found:
        raise Invalid(f"There is no JSON file in {path}. An export is a folder with files like tickets.json.")
    return found


def has_documents(folder: Path) -> bool:
    """Whether a folder holds any."""
    return next(_below(folder), None) is not None


def _below(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.name.lower().endswith(ENDINGS) and file.is_file() and ATTACHMENTS not in file.parts:
            yield file


class Taking:
    """One file on its way into the staging."""

    def __init__(self, path: Path, lists: Lists, staging: Staging, progress: Progress) -> None:
        self.count = 0
        self._path, self._lists, self._staging, self._progress = path, lists, staging, progress

    def take(self, name: str, element: Any) -> None:
        """One element of a list of this name."""
        self.count += 1
        kind, make = self._lists[name]
        if not isinstance(element, Mapping):
            self.lose(kind, "cannot be read: it is no object")
            return
        key = str(element.get("id") or element.get("ticket_id") or "")
        try:
            for record in make(element):
                self._staging.add(record)
        except Left as error:
            self.lose(kind, str(error), key, error.detail, lost=error.lost)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            missing = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            self.lose(kind, f"cannot be read: {missing}"[:200], key)
        if self.count % _EVERY == 0:
            self._progress(self._path.name, self.count)

    def lose(self, kind: str, reason: str, key: str = "", detail: str = "", *, lost: bool = True) -> None:
        """Keeps that something could not be taken, or not whole."""
        file, place = self._path.name, self.count
        self._staging.trouble(
            Trouble(kind=kind, reason=reason, key=key, file=file, place=place, detail=detail, lost=lost)
        )

    def end(self) -> None:
        """Says how much there was."""
        self._progress(self._path.name, self.count)
