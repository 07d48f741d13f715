"""What every reader offers, and what it is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from headway.insight.reading.staging import Staging

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How the person who runs the audit overrules what is guessed.

    `columns` names the field a column holds ("" leaves it out); `meanings` says what one value of a field means:
    ("activity", "wait") -> "hold". `layout` is "ticket" or "event" for a row each, "" to tell from the file.
    `zone` is that of times that carry none. `tiers` gives teams their tier, by name or id. Of each file only about
    `sample` rows are read where that is not 0.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    layout: str = ""
    zone: str = "UTC"
    tiers: Mapping[str, int] = field(default_factory=dict)
    sample: int = 0

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """What was said of these columns."""
        return {name: to for name, to in self.columns.items() if name in names}

    @property
    def limit(self) -> str:
        """The sample as SQL."""
        return f" LIMIT {self.sample}" if self.sample else ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column of a source, and the field it was taken for; empty when it is not read."""

    column: str
    field: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one value of a field was taken to mean (empty: it was not understood), and how often it comes."""

    field: str
    value: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Read:
    """How one file was read: by which reader, with which mapping, how many rows; whether it has more than was read."""

    path: Path
    reader: str
    layout: str
    rows: int
    columns: tuple[Mapped, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    first: tuple[tuple[str, ...], ...] = ()
    sampled: bool = False


class Reader(Protocol):
    """One kind of source."""

    name: str

    def claims(self, path: Path, head: bytes, /) -> bool:
        """Whether the file (its first 4 kB, unpacked; empty for a folder) is of this kind."""

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """Stages every row of the file; what cannot be read goes to `staging.problem`, and reading goes on."""
