"""Parquet, read by the engine itself into `raw(row, c0, c1, …)`."""

from pathlib import Path
from typing import Final

from headway.insight.reading import columns, table
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import quoted

_NUMBER: Final = "file_row_number"  # the engine's own, from 0; a column of the file may hide it


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
        number = "row_number() OVER ()" if _NUMBER in names else f"{_NUMBER} + 1"
        # looked at where it lies, which costs less than to write it down first; but of marks of begun work rows go
        kept = "TABLE" if "lifecycle" in columns.guess(names, options.named(names)).values() else "VIEW"
        lake.run(f"CREATE {kept} raw AS SELECT {number} AS row, {chosen} FROM {source}{options.limit}")
        return table.stage(path, self.name, names, options, staging, progress, kept=kept)


def _as_text(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(epoch_ms({column}) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"
