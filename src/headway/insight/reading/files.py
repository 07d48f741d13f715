"""CSV, JSONL and Parquet, read by the engine itself into `raw(row, c0, c1, …)`."""

import codecs
import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake
from headway.insight.reading import table
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import opened

_DELIMITERS: Final = (",", ";", "\t", "|")
_LONGEST: Final = 2 * 1024 * 1024  # the engine sets sixteen times as much aside
_NEVER: Final = "\x01"
_GLANCE: Final = 2000


class Csv:
    """Text with a delimiter and a header line, plain or gzipped."""

    name = "CSV"

    def claims(self, path: Path, _head: bytes, /) -> bool:
        """By its name, or by a first line that has a delimiter in it."""
        names = path.name.lower().removesuffix(".gz")
        return names.endswith((".csv", ".tsv", ".txt"))

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """Rows that do not fit the header are problems, with what the engine says of them."""
        progress(path.name, 0)
        encoding, delimiter, names = _written(path)
        load(staging.lake, path, len(names), encoding, delimiter)
        return table.stage(path, self.name, names, options, staging, progress)


class Parquet:
    """Parquet, as data platforms write it."""

    name = "Parquet"

    def claims(self, _path: Path, head: bytes, /) -> bool:
        """By its first four bytes."""
        return head.startswith(b"PAR1")

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """Columns of times come as such; those without a zone are of the zone that was asked for."""
        progress(path.name, 0)
        lake, source = staging.lake, f"read_parquet('{quoted(path)}')"
        described = lake.rows(f"DESCRIBE SELECT * FROM {source}")
        names = [str(row[0]) for row in described]
        shown = [_as_text(str(row[0]), str(row[1])) for row in described]
        chosen = ", ".join(f"{sql} AS c{place}" for place, sql in enumerate(shown))
        lake.run(f"CREATE OR REPLACE TABLE raw AS SELECT row_number() OVER () AS row, {chosen} FROM {source}")
        return table.stage(path, self.name, names, options, staging, progress)


class Jsonl:
    """One JSON object a line, plain or gzipped. Nested names are joined by a dot."""

    name = "JSONL"

    def claims(self, path: Path, head: bytes, /) -> bool:
        """By its name, or by a first line that is an object."""
        first = head.split(b"\n", 1)[0].strip()
        return path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")) or (
            first.startswith(b"{") and first.endswith(b"}")
        )

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """The names come from the first lines; a line that is no object is a problem."""
        progress(path.name, 0)
        lake = staging.lake
        keys = _keys(path)
        if not keys:
            raise Invalid(f"{path.name} holds no JSON objects.")
        source = (
            f"read_csv('{quoted(path)}', columns = {{'line': 'VARCHAR'}}, header = false, delim = '{_NEVER}', "
            f"quote = '', "
            f"escape = '', auto_detect = false, max_line_size = {_LONGEST}, strict_mode = false)"
        )
        lake.run(
            "CREATE OR REPLACE TABLE lines AS SELECT row, line, CASE WHEN json_valid(line) THEN json_type(line) "
            "= 'OBJECT' "
            f"ELSE false END AS fine FROM (SELECT row_number() OVER () AS row, line FROM {source})"
        )
        lake.run(
            "INSERT INTO problems (file, line, reason, excerpt) SELECT ?, row, 'the line is no JSON object', "
            "left(line, 200) FROM lines WHERE trim(line) <> '' AND NOT fine ORDER BY row",
            [path.name],
        )
        paths = ", ".join("'" + _path(key).replace("'", "''") + "'" for key in keys)
        chosen = ", ".join(f"j[{place + 1}] AS c{place}" for place in range(len(keys)))
        lake.run(
            f"CREATE OR REPLACE TABLE raw AS SELECT row - 1 AS row, {chosen} FROM (SELECT row, "
            f"json_extract_string(CASE WHEN fine THEN line END, [{paths}]) AS j FROM lines WHERE fine)"
        )
        lake.run("DROP TABLE lines")
        return table.stage(path, self.name, [".".join(key) for key in keys], options, staging, progress)


def load(lake: Lake, path: Path, columns: int, encoding: str, delimiter: str) -> None:
    """Fills `raw` from a delimited file with so many columns; rows that do not fit become problems."""
    named = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(columns))
    source = (
        f"read_csv('{quoted(path)}', columns = {{{named}}}, auto_detect = false, header = true, delim = '{delimiter}', "
        f"quote = '\"', escape = '\"', encoding = '{encoding}', store_rejects = true, max_line_size = {_LONGEST})"
    )
    try:
        lake.run(f"CREATE OR REPLACE TABLE raw AS SELECT row_number() OVER () AS row, * FROM {source}")
    except duckdb.Error as error:
        raise Invalid(f"{path.name} cannot be read as CSV: {str(error).splitlines()[0]}") from error
    lake.run(
        "INSERT INTO problems (file, line, reason, excerpt) SELECT ?, line, first(error_message), "
        "first(left(csv_line, 200)) FROM reject_errors GROUP BY line ORDER BY line",
        [path.name],
    )
    lake.run("DROP TABLE IF EXISTS reject_errors")
    lake.run("DROP TABLE IF EXISTS reject_scans")


def quoted(path: Path) -> str:
    """A path as it stands within an SQL string."""
    return str(path).replace("'", "''")


def _written(path: Path) -> tuple[str, str, list[str]]:
    """Encoding, delimiter and names of columns, from the file's beginning."""
    with opened(path) as file:
        head = file.read(256 * 1024)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, text = "utf-16", head.decode("utf-16", "replace")
    else:
        cut = head.rsplit(b"\n", 1)[0] if b"\n" in head else head
        try:
            encoding, text = "utf-8", cut.decode("utf-8-sig")
        except UnicodeDecodeError:
            encoding, text = "latin-1", cut.decode("latin-1")
    first = text.split("\n", 1)[0]
    if not first.strip():
        raise Invalid(f"{path.name} is empty, or does not begin with the names of its columns.")
    delimiter = max(_DELIMITERS, key=first.count)
    names = next(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
    return encoding, delimiter, [name.strip() or f"column {place + 1}" for place, name in enumerate(names)]


def _as_text(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(epoch_ms({column}) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"


def _keys(path: Path) -> list[tuple[str, ...]]:
    """The names in the first objects, in order; those of objects within them too."""
    found: dict[tuple[str, ...], None] = {}
    with opened(path) as file:
        for _number, line in zip(range(_GLANCE), file, strict=False):
            try:
                value = json.loads(line)
            except ValueError:
                continue
            _collect(value, (), found)
    return list(found)


def _collect(value: Any, prefix: tuple[str, ...], found: dict[tuple[str, ...], None]) -> None:
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        if isinstance(inner, dict) and len(prefix) < 3:
            _collect(inner, (*prefix, name), found)
        else:
            found.setdefault((*prefix, name))


def _path(key: Sequence[str]) -> str:
    return "$" + "".join('."' + name.replace('"', '\\"') + '"' for name in key)
