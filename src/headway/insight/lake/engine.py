"""DuckDB as the lake's engine: a file of its own in a temporary folder, a memory cap, and spilling beyond it."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from headway.foundation.memory import available
from headway.insight.lake import schema

if TYPE_CHECKING:
    import duckdb

MEMORY_MB: Final = 1024
_MOST_MB: Final = 2048  # with what reading holds beside the engine it stays under three gigabytes
_LEAST_MB: Final = 512
_SQL: Final = Path(__file__).resolve().parent.parent / "sql"
_PLACE: Final = re.compile(r":([a-z_]+)\b")
_COMMENT: Final = re.compile(r"--[^\n]*")


class Lake:
    """One set of the lake's tables. Close it, or use it as a context manager; its folder goes with it.

    A `small` one, of a few thousand rows, stays in memory.
    """

    connection: "duckdb.DuckDBPyConnection"

    def __init__(self, *, memory_mb: int = MEMORY_MB, zone: str = "UTC", small: bool = False, threads: int = 0) -> None:
        import duckdb  # here: who shows what was found needs no engine

        self._folder = tempfile.TemporaryDirectory(prefix="headway-lake-")
        self.folder = Path(self._folder.name)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(self.folder / "spill"),
            "autoinstall_known_extensions": "false",  # nothing is ever fetched
            "fsync_mode": "NONE",  # the folder goes with the process: there is nothing to keep through a power cut
            "preserve_insertion_order": "true",  # rows are numbered as the file has them
        }
        place = str(self.folder / "lake.duckdb")
        if threads:
            config["threads"] = threads
        if small:
            place, config["threads"] = ":memory:", 1
        self.connection = duckdb.connect(place, config=config)
        # what carries no zone is of this one
        self.connection.execute("SET TimeZone = ?", [zone])
        self.connection.execute("SET enable_progress_bar = false")
        for table in schema.TABLES:
            self.connection.execute(schema.ddl(table))

    def hand_over(self, *tables: str) -> None:
        """Says that these tables are filled. An engine elsewhere takes them over; this one has them."""

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Executes a statement."""
        self.connection.execute(sql, parameters or None)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self.connection.execute(sql, parameters or None).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The single row of a statement that has exactly one."""
        found = self.connection.execute(sql, parameters or None).fetchone()
        assert found is not None
        return tuple(found)

    def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
        """The rows of `sql/<name>.sql` with `:places` filled by whole numbers, as dictionaries."""
        done = self.connection.execute(text(name, numbers))
        columns = [column[0] for column in done.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in done.fetchall()]

    def stream(self, name: str, size: int, **numbers: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of `named`, so many at a time."""
        cursor = self.connection.cursor()
        cursor.execute(text(name, numbers))
        columns = [column[0] for column in cursor.description or ()]
        while batch := cursor.fetchmany(size):
            yield [dict(zip(columns, row, strict=True)) for row in batch]

    def single(self, name: str, **numbers: int) -> dict[str, Any]:
        """The only row of `sql/<name>.sql`."""
        (row,) = self.named(name, **numbers)
        return row

    def derive(self, name: str, **numbers: int) -> None:
        """Makes a table of that name from `sql/<name>.sql`."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {text(name, numbers)}")

    def close(self) -> None:
        """Closes the engine and removes its folder."""
        self.connection.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def text(name: str, numbers: Mapping[str, int]) -> str:
    """The SQL of a file with its places filled. Whole numbers only: nothing a source says gets into a statement.

    Filled in the text, since not every engine takes parameters where `CREATE TABLE … AS` reads.
    """
    source = _COMMENT.sub("", (_SQL / f"{name}.sql").read_text(encoding="utf-8"))
    return _PLACE.sub(lambda place: str(int(numbers[place[1]])), source)


def room_mb() -> int:
    """Megabytes for the engine where nobody says: a quarter of what there is, within bounds."""
    return min(max(available() // 4 // 2**20, _LEAST_MB), _MOST_MB)


def quoted(path: Path) -> str:
    """A path as it stands in a statement."""
    return "'" + str(path).replace("'", "''") + "'"


def parquet(paths: Iterable[Path]) -> str:
    """Files as what may stand after FROM. The month is in their rows' times, not a column taken from their folder."""
    return f"read_parquet([{', '.join(map(quoted, paths))}], hive_partitioning = false)"


@contextmanager
def spilled(lake: Lake, name: str) -> Iterator[Path]:
    """A path in the lake's folder that is gone after the block."""
    path = lake.folder / name
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
