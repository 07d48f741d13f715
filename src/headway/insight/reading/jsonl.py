"""JSON, an object a line, read by the engine itself into `raw(row, c0, c1, …)`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from headway.foundation.errors import Invalid
from headway.insight.reading import table
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import LONGEST, opened, quoted

_NEVER: Final = "\x01"
_GLANCE: Final = 2000


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
            f"escape = '', auto_detect = false, max_line_size = {LONGEST}, strict_mode = false)"
        )
        lake.run(
            "CREATE OR REPLACE TABLE lines AS SELECT row, line, CASE WHEN json_valid(line) THEN json_type(line) "
            "= 'OBJECT' "
            "ELSE false END AS fine FROM (SELECT row_number() OVER () AS row, line FROM "
            f"(SELECT * FROM {source}{options.limit}))"
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
