"""CSV and its kin, read by the engine itself into `raw(row, c0, c1, …)`."""

import codecs
import csv
import io
from pathlib import Path
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake
from headway.insight.reading import table
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import LONGEST, opened, quoted

_DELIMITERS: Final = (",", ";", "\t", "|")


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
        load(staging.lake, path, len(names), encoding, delimiter, options.limit)
        return table.stage(path, self.name, names, options, staging, progress)


def load(lake: Lake, path: Path, columns: int, encoding: str, delimiter: str, limit: str = "") -> None:
    """Fills `raw` from a delimited file with so many columns; rows that do not fit become problems."""
    import duckdb  # here: who only recognises files needs no engine, and every process of an installation can do that

    named = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(columns))
    source = (
        f"read_csv('{quoted(path)}', columns = {{{named}}}, auto_detect = false, header = true, delim = '{delimiter}', "
        f"quote = '\"', escape = '\"', encoding = '{encoding}', store_rejects = true, max_line_size = {LONGEST})"
    )
    try:
        rows = f"(SELECT * FROM {source}{limit})"
        lake.run(f"CREATE OR REPLACE TABLE raw AS SELECT row_number() OVER () AS row, * FROM {rows}")
    except duckdb.Error as error:
        raise Invalid(f"{path.name} cannot be read as CSV: {str(error).splitlines()[0]}") from error
    lake.run(
        "INSERT INTO problems (file, line, reason, excerpt) SELECT ?, line, first(error_message), "
        "first(left(csv_line, 200)) FROM reject_errors GROUP BY line ORDER BY line",
        [path.name],
    )
    lake.run("DROP TABLE IF EXISTS reject_errors")
    lake.run("DROP TABLE IF EXISTS reject_scans")


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
