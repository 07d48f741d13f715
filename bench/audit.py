"""Speed and memory of `headway audit` over many events, beside the same statements run by hand in DuckDB."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_EVENTS_A_TICKET: Final = 6
_MEMORY_MB: Final = 1024

_MADE: Final = """
COPY (
    SELECT t AS ticket_id,
        to_timestamp(1740873600 + (t * 40009) % 31536000 + p * (60 + (t * p * 7919) % 7200)) AS timestamp,
        CASE p WHEN 0 THEN 'created' WHEN 1 THEN 'reply' WHEN 2 THEN 'message' WHEN 3 THEN 'transfer'
            WHEN 4 THEN 'reply' ELSE 'solved' END AS activity,
        CASE WHEN p IN (0, 2) THEN 'customer' ELSE 'agent' END AS role,
        CASE WHEN p IN (0, 2) THEN 'c' || (t * 31) % 400009 ELSE 'a' || (t * 17 + p // 4) % 211 END AS actor,
        'category ' || (t * 13) % 24 AS category,
        CASE WHEN p >= 3 AND t % 3 = 0 THEN 'Second line' ELSE 'Frontline' END AS team
    FROM range({tickets}) AS tickets(t), range({each}) AS places(p)
    ORDER BY t, p
) TO '{path}' (FORMAT parquet)
"""


def run(events: int) -> dict[str, Any]:
    """Seconds by the clock and of processors and the largest memory of both, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as place:
        folder = Path(place)
        made = history(events, folder / "history.parquet")
        ours = _apart("ours", folder)
        plain = _apart("plain", folder)
    return {
        "events": made,
        "ours": ours,
        "plain": plain,
        "ratio": ours["seconds"] / (plain["reading_seconds"] + plain["seconds"]),
        "processor_ratio": ours["processor_seconds"]
        / (plain["reading_processor_seconds"] + plain["processor_seconds"]),
    }


def history(events: int, path: Path) -> int:
    """Writes a history of so many events, six a ticket over a year; returns how many there are."""
    import duckdb

    tickets = events // _EVENTS_A_TICKET
    with duckdb.connect(config={"memory_limit": f"{_MEMORY_MB}MB"}) as engine:
        engine.execute(_MADE.format(tickets=tickets, each=_EVENTS_A_TICKET, path=path))
    return tickets * _EVENTS_A_TICKET


def _apart(what: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.audit", what, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


class Took:
    """Seconds by the clock and of processors since it was made, without what was taken `aside`."""

    def __init__(self) -> None:
        self._began = self._now()

    def figures(self) -> tuple[float, float]:
        """Both, so far."""
        clock, processors = self._now()
        return clock - self._began[0], processors - self._began[1]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What happens in here does not count."""
        before = self._now()
        yield
        after = self._now()
        self._began = (self._began[0] + after[0] - before[0], self._began[1] + after[1] - before[1])

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.monotonic(), time.process_time()


def _ours(folder: Path) -> dict[str, float]:
    """The audit of the file; notes its statements, and its tables for who runs them by hand."""
    from headway.cli.audit.untranslated import untranslated

    untranslated()
    from headway.insight import audit
    from headway.insight.lake import schema
    from headway.insight.lake.engine import Lake, room_mb, text
    from headway.insight.result import Wanted

    noted: list[tuple[str, list[Any]]] = []
    read: list[tuple[float, float]] = []
    took = Took()

    class Noted(Lake):
        def hand_over(self, *tables: str) -> None:
            read.append(took.figures())
            with took.aside():
                for table in tables:
                    if table in (*schema.TABLES, "calendar"):
                        self.connection.execute(f"COPY {table} TO '{folder}/{table}.parquet' (FORMAT parquet)")

        def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
            noted.append((sql, list(parameters)))
            return super().rows(sql, parameters)

        def one(self, sql: str, parameters: Any = ()) -> tuple[Any, ...]:
            noted.append((sql, list(parameters)))
            return super().one(sql, parameters)

        def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
            noted.append((text(name, numbers), []))
            return super().named(name, **numbers)

        def derive(self, name: str, **numbers: int) -> None:
            noted.append((f"CREATE OR REPLACE TABLE {name} AS {text(name, numbers)}", []))
            super().derive(name, **numbers)

    lake = Noted(memory_mb=room_mb())
    vars(audit)["open_lake"] = lambda **_options: lake
    audit.run([folder / "history.parquet"], Wanted(), lambda _part, _done: None)
    clock, processors = took.figures()
    start = next(number for number, (sql, _given) in enumerate(noted) if "TABLE population" in sql)
    (folder / "statements.json").write_text(json.dumps(noted[start:]))
    return {
        "seconds": clock,
        "processor_seconds": processors,
        "reading_seconds": read[0][0],
        "reading_processor_seconds": read[0][1],
    }


def _plain(folder: Path) -> dict[str, float]:
    """Reading the file by hand, and the audit's statements over its tables as Parquet."""
    import duckdb

    from headway.insight.lake.engine import room_mb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{room_mb()}MB",
        "temp_directory": str(folder / "spill"),
    }
    connection = duckdb.connect(str(folder / "plain.duckdb"), config=config)
    reading = Took()
    connection.execute(f"CREATE TABLE read AS SELECT * FROM read_parquet('{folder}/history.parquet')")
    read = reading.figures()
    for path in folder.glob("*.parquet"):
        connection.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet('{path}')")
    connection.execute("CREATE TABLE problems (file TEXT, line BIGINT, reason TEXT, excerpt TEXT, row BIGINT)")
    connection.execute("CREATE TABLE excluded (reason TEXT, count BIGINT)")
    audit = Took()
    for sql, parameters in json.loads((folder / "statements.json").read_text()):
        connection.execute(sql, parameters or None).fetchall()
    clock, processors = audit.figures()
    return {
        "reading_seconds": read[0],
        "reading_processor_seconds": read[1],
        "seconds": clock,
        "processor_seconds": processors,
    }


def main() -> None:
    """One half of the comparison: `python -m bench.audit ours|plain FOLDER`."""
    figures = {"ours": _ours, "plain": _plain}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**figures, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
