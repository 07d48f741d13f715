"""A source's records read into a staging, and what they would bring."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headway.foundation.errors import Invalid
from headway.insight.reading import mistaken
from headway.insight.reading.unpacked import head as beginning
from headway.moving.rehearsal import told
from headway.moving.sources import mails
from headway.moving.sources.delimited import Csv
from headway.moving.sources.kinds import MAIL, source_of
from headway.moving.sources.port import Column, Options, Progress
from headway.moving.staging import Staging


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be brought: a source's path, read in this way, under this system's name."""

    source: str
    path: Path
    system: str = ""
    options: Options = field(default_factory=Options)


def read(wanted: Wanted, staging: Staging, progress: Progress) -> list[Column]:
    """Stages everything; a table's columns. Raises Invalid when nothing can be read."""
    if not wanted.path.exists():
        raise Invalid(f"There is no {wanted.path}.")
    refuse_mistaken(wanted.path)
    return source_of(wanted.source).read(wanted.path, wanted.options, staging, progress)


def refuse_mistaken(path: Path) -> None:
    """Raises Invalid for a file that is no export at all, whatever it is called."""
    if path.is_file() and (wrong := mistaken.why(path.name, beginning(path))):
        raise Invalid(wrong)


def rehearse(wanted: Wanted, progress: Progress) -> dict[str, Any]:
    """Reads the source and says what would come, without writing anything."""
    if wanted.source == MAIL:
        return mails.told(wanted.path, progress)
    with Staging() as staging:
        columns = read(wanted, staging, progress)
        return told(staging, wanted.system or wanted.source, columns)


def glance(wanted: Wanted) -> list[dict[str, str]]:
    """The columns of a table, what each is taken for, and an example; none of what is no table."""
    if wanted.source != Csv.name:
        return []
    columns = Csv().columns(wanted.path, wanted.options)
    return [{"column": one.name, "field": one.field, "example": one.example[:100]} for one in columns]
