"""New rows of several tables, written in one statement: a round trip costs more than a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from headway.foundation.rows import columns, fetch_sql


@dataclass(frozen=True, slots=True)
class Part:
    """An INSERT without RETURNING, which may travel with others and sees nothing of what they write."""

    sql: str
    parameters: Sequence[Any]


def inserted(*rows: Model) -> Part:
    """New rows of one table, as `save(force_insert=True)` writes them where nothing listens to Django's signals.

    With the ids they have; those without get one in the database and do not learn it.
    """
    fields = [field for field in columns(type(rows[0])) if not field.primary_key or rows[0].pk is not None]
    django = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), django) for row in rows for field in fields]
    for row in rows:
        # the transaction that is to write them ends with all or none
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 (as Django's own save does)
    return Part(_insertion(type(rows[0]), tuple(field.column for field in fields), len(rows)), values)


def write(parts: Sequence[Part]) -> None:
    """Writes the parts. What they refer to among each other must stand in some part."""
    if parts:
        sql, parameters = ahead(parts)
        fetch_sql(f"WITH {sql} SELECT 1", parameters)


def ahead(parts: Sequence[Part]) -> tuple[str, list[Any]]:
    """The parts as the first members of a WITH clause, and their parameters."""
    sql = ", ".join(f"part{number} AS ({part.sql})" for number, part in enumerate(parts))
    return sql, [value for part in parts for value in part.parameters]


@lru_cache(maxsize=256)
def _insertion(model: type[Model], names: tuple[str, ...], rows: int) -> str:
    chosen = ", ".join(f'"{name}"' for name in names)
    values = f"({', '.join(['%s'] * len(names))})"
    return f'INSERT INTO "{model._meta.db_table}" ({chosen}) VALUES {", ".join([values] * rows)}'  # noqa: SLF001
