"""Which engine answers: DuckDB on this machine, unless HEADWAY_LAKE_ENGINE names another."""

from collections.abc import Callable
from typing import Any, TypeVar

from headway.foundation import environment
from headway.insight.lake.engine import Lake
from headway.insight.lake.remembering import Remembering
from headway.insight.lake.spark import SCHEMES, SparkLake, Unreachable

Kind = TypeVar("Kind", bound=Lake)


def open_lake(*, memory_mb: int, zone: str, threads: int = 0) -> Lake:
    """An empty lake of the chosen engine. Raises Invalid for one that is unknown or cannot be reached."""
    return _opened(Lake, SparkLake, memory_mb=memory_mb, zone=zone, threads=threads)


def open_remembering(*, memory_mb: int, zone: str, threads: int = 0) -> Remembering:
    """The same, that can answer again what it has answered."""
    return _opened(Remembering, RememberingSpark, memory_mb=memory_mb, zone=zone, threads=threads)


class RememberingSpark(Remembering, SparkLake):
    """A cluster that is not asked twice."""


def _opened(here: Callable[..., Kind], there: Callable[..., Kind], **given: Any) -> Kind:
    engine = environment.read().lake_engine
    if engine == "duckdb":
        return here(**given)
    if engine.startswith(SCHEMES):
        return there(address=engine, **given)
    raise Unreachable(f"HEADWAY_LAKE_ENGINE is duckdb or spark://host:port, not {engine!r}.")
