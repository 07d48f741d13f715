"""Speed and memory of `headway audit` over many events, beside the same statements run by hand in DuckDB."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

_EVENTS_A_TICKET: Final = 6
_MEMORY_MB: Final = 1024

_MADE: Final = """
COPY (
    SELECT t AS ticket_id,
        to_timestamp(1772409600 + (t * 40009) % 31536000 + p * (60 + (t * p * 7919) % 7200)) AS timestamp,
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
    import duckdb

    with tempfile.TemporaryDirectory(prefix="headway-bench-") as place:
        folder = Path(place)
        path = folder / "history.parquet"
        duckdb.sql(_MADE.format(tickets=events // _EVENTS_A_TICKET, each=_EVENTS_A_TICKET, path=path))
        ours = _apart("ours", folder)
        plain = _apart("plain", folder)
    return {
        "events": events // _EVENTS_A_TICKET * _EVENTS_A_TICKET,
        "ours": ours,
        "plain": plain,
        "ratio": ours["seconds"] / (plain["reading_seconds"] + plain["seconds"]),
    }


def _apart(what: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.audit", what, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _ours(folder: Path) -> dict[str, float]:
    """The audit of the file; notes its statements, and its tables for who runs them by hand."""
    from headway.cli.audit.untranslated import untranslated

    untranslated()
    from headway.insight import audit
    from headway.insight.lake import schema
    from headway.insight.lake.engine import Lake, text
    from headway.insight.result import Wanted

    noted: list[tuple[str, list[Any]]] = []

    class Noted(Lake):
        aside = 0.0

        def hand_over(self, *tables: str) -> None:
            began = time.monotonic()
            for table in tables:
                if table in (*schema.TABLES, "calendar"):
                    self.connection.execute(f"COPY {table} TO '{folder}/{table}.parquet' (FORMAT parquet)")
            self.aside += time.monotonic() - began

        def rows(self, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
            noted.append((sql, list(parameters)))
            return super().rows(sql, parameters)

        def one(self, sql: str, parameters: Any = ()) -> tuple[Any, ...]:
            noted.append((sql, list(parameters)))
            return super().one(sql, parameters)

        def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
            noted.append((text(name, numbers), []))
            return super().named(name, **numbers)

        def derive(self, name: str, table: str = "", **numbers: int) -> None:
            noted.append((f"CREATE OR REPLACE TABLE {table or name} AS {text(name, numbers)}", []))
            super().derive(name, table, **numbers)

    lake = Noted(memory_mb=_MEMORY_MB)
    vars(audit)["open_lake"] = lambda **_options: lake
    began = time.monotonic()
    audit.run([folder / "history.parquet"], Wanted(memory_mb=_MEMORY_MB), lambda _part, _done: None)
    seconds = time.monotonic() - began - lake.aside
    start = next(number for number, (sql, _given) in enumerate(noted) if "TABLE population" in sql)
    (folder / "statements.json").write_text(json.dumps(noted[start:]))
    return {"seconds": seconds}


def _plain(folder: Path) -> dict[str, float]:
    """Reading the file by hand, and the audit's statements over its tables as Parquet."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{_MEMORY_MB}MB",
        "temp_directory": str(folder / "spill"),
    }
    connection = duckdb.connect(str(folder / "plain.duckdb"), config=config)
    began = time.monotonic()
    connection.execute(f"CREATE TABLE read AS SELECT * FROM read_parquet('{folder}/history.parquet')")
    reading = time.monotonic() - began
    for path in folder.glob("*.parquet"):
        connection.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet('{path}')")
    connection.execute("CREATE TABLE problems (file TEXT, line BIGINT, reason TEXT, excerpt TEXT, row BIGINT)")
    connection.execute("CREATE TABLE excluded (reason TEXT, count BIGINT)")
    began = time.monotonic()
    for sql, parameters in json.loads((folder / "statements.json").read_text()):
        connection.execute(sql, parameters or None).fetchall()
    return {"reading_seconds": reading, "seconds": time.monotonic() - began}


def main() -> None:
    """One half of the comparison: `python -m bench.audit ours|plain FOLDER`."""
    figures = {"ours": _ours, "plain": _plain}[sys.argv[1]](Path(sys.argv[2]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    more = {"processor_seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}
    print(json.dumps({**figures, **more}))


if __name__ == "__main__":
    main()
