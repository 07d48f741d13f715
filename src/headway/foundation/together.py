"""Several small reads in one statement: what a screen needs beside its main thing, for one way to the database."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from headway.foundation.rows import fetch_sql

T = TypeVar("T")
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """Rows that are wanted, each of `width` columns of which `times` are moments, and what becomes of them."""

    sql: str
    parameters: Sequence[Any]
    width: int
    make: Callable[[Rows], T]
    times: Collection[int] = ()

    def now(self) -> T:
        """It alone. One query."""
        return together(self)[0]  # type: ignore[no-any-return]


def rows_of(
    found: QuerySet[Any, Any], columns: Sequence[str], make: Callable[[Rows], T], times: Collection[str] = ()
) -> Asked[T]:
    """These columns of the rows, in their order. What is no number, text, truth or JSON must be named in `times`."""
    try:
        sql, parameters = found.values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        sql, parameters = "", ()
    return Asked(sql, parameters, len(columns), make, {columns.index(name) for name in times})


def together(*asked: Asked[Any]) -> list[Any]:
    """What becomes of each, in their order. One query."""
    real = [one for one in asked if one.sql]
    if not real:
        return [one.make([]) for one in asked]
    values = iter(fetch_sql(_statement(real), [value for one in real for value in one.parameters])[0])
    return [one.make(_rows(next(values), one.times) if one.sql else []) for one in asked]


def _statement(asked: Sequence[Asked[Any]]) -> str:
    """Rows travel as JSON arrays of their columns, which have names of ours: two tables may call theirs alike."""
    parts = []
    for one in asked:
        names = ", ".join(f"c{place}" for place in range(one.width))
        parts.append(f"(SELECT json_agg(json_build_array({names}))::text FROM ({one.sql}) AS x({names}))")
    return "SELECT " + ", ".join(parts)


def _rows(written: str | None, times: Collection[int]) -> Rows:
    rows: Rows = json.loads(written) if written else []
    for row in rows:
        for place in times:
            row[place] = datetime.fromisoformat(row[place]) if row[place] else None
    return rows
