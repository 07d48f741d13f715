"""Spark as the lake's engine: the same statements on a cluster, over the same tables as Parquet.

Files are read and settled in DuckDB on this machine; what is made from them, and every finding, is asked of the
cluster. Its workers read and write tables in the lake's folder: TMPDIR must name a place that all of them see.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any, Final

from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake, text

SCHEMES: Final = ("spark://", "local[")
_PARTITIONS_A_CORE: Final = 2
_ROOM_SECONDS: Final = 60.0


class Unreachable(Invalid):
    """The engine that was chosen cannot be used: nothing was asked, so nothing is known."""


class SparkLake(Lake):
    """A lake whose tables, once handed over, are a cluster's. Raises Unreachable when it cannot be reached."""

    def __init__(self, address: str, *, memory_mb: int, zone: str = "UTC", threads: int = 0) -> None:
        super().__init__(memory_mb=memory_mb, zone=zone, threads=threads)
        self._over = False
        self._made = 0
        try:
            self._session = _session(address)
        except BaseException:
            super().close()
            raise

    def hand_over(self, *tables: str) -> None:
        """Gives filled tables to the cluster; from now on it answers what is asked of them."""
        self._over = True
        for table in tables:
            path = self.folder / f"{table}.parquet"
            self.run(f"COPY {table} TO '{path}' (FORMAT parquet)")
            self._know(table, path)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self._collect(sql, parameters) if self._over else super().rows(sql, parameters)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The single row of a statement that has exactly one."""
        return self._collect(sql, parameters)[0] if self._over else super().one(sql, parameters)

    def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
        """The rows of `sql/<name>.sql` with `:places` filled by whole numbers, as dictionaries."""
        return [row.asDict() for row in self._session.sql(text(name, numbers)).collect()]

    def stream(self, name: str, size: int, **numbers: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of `named`, so many at a time."""
        rows = self._session.sql(text(name, numbers)).toLocalIterator()
        while batch := [row.asDict() for row in islice(rows, size)]:
            yield batch

    def derive(self, name: str, **numbers: int) -> None:
        """Makes a table from `sql/<name>.sql`: Parquet again, so that no plan carries those before it along."""
        self._made += 1  # what is made anew may read what it stands for
        path = self.folder / f"{name}.{self._made}.made"
        self._session.sql(text(name, numbers)).write.parquet(str(path))
        self._know(name, path)

    def _know(self, table: str, path: Path) -> None:
        self._session.read.parquet(str(path)).createOrReplaceTempView(table)

    def _collect(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(sql, args=list(parameters) or None).collect()]

    def close(self) -> None:
        """Gives the cluster back, and removes the lake's folder."""
        self._session.stop()
        super().close()


def _session(address: str) -> Any:
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Unreachable(
            "HEADWAY_LAKE_ENGINE names Spark, which is not installed here: pip install -r requirements-spark.lock"
        ) from error
    logging.getLogger("py4j").setLevel(logging.WARNING)  # it tells of each connection it closes
    builder = SparkSession.builder.master(address).appName("Headway")
    for name, value in _settings().items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        partitions = _PARTITIONS_A_CORE * session.sparkContext.defaultParallelism
        session.conf.set("spark.sql.shuffle.partitions", str(partitions))
        # without room for an executor every statement would wait for ever
        late = Timer(_ROOM_SECONDS, session.sparkContext.cancelAllJobs)
        late.start()
        session.range(1).count()
        late.cancel()
    except (PySparkException, Py4JError, OSError, RuntimeError, ValueError) as error:
        raise Unreachable(
            f"{address} in HEADWAY_LAKE_ENGINE cannot be used. It must be reachable, with workers that have room for "
            f"an executor. Spark says: {str(error)[:300]}"
        ) from error
    return session


def _settings() -> Mapping[str, str]:
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.maxPlanStringLength": "0",  # nobody looks at plans here, and they take longer than small queries
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",  # a sum that overflows fails; it does not come out wrong
    }
