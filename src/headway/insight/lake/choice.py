"""Which engine answers: DuckDB on this machine, unless HEADWAY_LAKE_ENGINE names another."""

from headway.foundation import environment
from headway.foundation.errors import Invalid
from headway.insight.lake.engine import Lake
from headway.insight.lake.spark import SCHEMES, SparkLake


def open_lake(*, memory_mb: int, zone: str) -> Lake:
    """An empty lake of the chosen engine. Raises Invalid for one that is unknown or cannot be reached."""
    engine = environment.read().lake_engine
    if engine == "duckdb":
        return Lake(memory_mb=memory_mb, zone=zone)
    if engine.startswith(SCHEMES):
        return SparkLake(engine, memory_mb=memory_mb, zone=zone)
    raise Invalid(f"HEADWAY_LAKE_ENGINE is duckdb or spark://host:port, not {engine!r}.")
