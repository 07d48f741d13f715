"""What every source has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from headway.moving.staging import Staging

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a source is read. `columns`: the field each column was said to hold, "" for none.

    `close_after`: of mail, close tickets on which nothing was said for so many days; 0 leaves them as they are.
    """

    zone: str = "UTC"
    columns: Mapping[str, str] = field(default_factory=dict)
    link: str = ""  # where the old system shows a ticket, with {id} in it
    close_after: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it was taken for ("" when nothing) and what stands in it first."""

    name: str
    field: str
    example: str


class Source(Protocol):
    """One kind of system."""

    name: str

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> list[Column]:
        """Stages every record under the path. What cannot be read is a trouble, and reading goes on.

        Raises Invalid when nothing can be read. Returns the columns of a table.
        """
