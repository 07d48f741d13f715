"""An engine that notes a checksum of what every statement gives, so that two engines can be compared."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from headway.insight.lake.engine import Lake
from headway.insight.lake.remembering import Remembering
from headway.insight.lake.spark import SparkLake


class Told(Lake):
    """DuckDB, told."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.sums: list[tuple[str, int, str]] = []
        self._listens = False
        super().__init__(*given, **named)

    def hand_over(self, *tables: str) -> None:
        super().hand_over(*tables)
        self._listens = True

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        found = super().rows(sql, parameters)
        self._note(f"{sql} {list(parameters)}", found)
        return found

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        found = super().one(sql, parameters)
        self._note(f"{sql} {list(parameters)}", [found])
        return found

    def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
        found = super().named(name, **numbers)
        self._note(f"{name} {numbers}", [tuple(row.values()) for row in found])
        return found

    def derive(self, name: str, **numbers: int) -> None:
        super().derive(name, **numbers)
        self._note(f"table {name} {numbers}", super().rows(f"SELECT * FROM {name}"))

    def _note(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if self._listens:
            lines = sorted(repr(tuple(_plain(value) for value in row)) for row in rows)
            self.sums.append((statement, len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()))


class ToldSpark(Told, SparkLake):
    """Spark, told."""


class ToldDesk(Remembering, Told):
    """DuckDB for the desk's audit, told."""


class ToldDeskSpark(ToldDesk, ToldSpark):
    """Spark for the desk's audit, told."""


def _plain(value: Any) -> Any:
    """One form for what drivers give as different types."""
    if isinstance(value, Decimal) and value == int(value):
        return int(value)
    return round(value, 6) if isinstance(value, float) else value
