"""Rows of hot lists, read past what Django does in Python for each value and PostgreSQL for each plan."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from psycopg.types.datetime import TimestamptzLoader

Row = TypeVar("Row", bound=Model)


def fetch_sql(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement, as tuples. Times are aware, in UTC; JSON comes as it is written.

    Django sets the zone of every time again in Python, though the connection is in UTC already, and has every statement
    planned anew: together half of a list's processor time. This one is planned once a connection when it comes again.
    """
    django = connections[DEFAULT_DB_ALIAS]  # not `connection`, which looks this up again for each attribute
    if django.queries_logged or django.execute_wrappers:
        # counted queries are counted
        with django.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    if not _unchecked(django, sql):
        # as Django's own cursors begin: the connection is there and sound
        django.close_if_health_check_failed()
        return _fetched(django, sql, parameters)
    # a request's first statement finds out by itself whether the connection is sound, instead of one that asks before
    django.health_check_done = True  # type: ignore[attr-defined]  # Django sets it at each request
    try:
        return _fetched(django, sql, parameters)
    except (OperationalError, InterfaceError):
        if django.is_usable():
            raise
        django.close()
        return _fetched(django, sql, parameters)


def _unchecked(django: Any, sql: str) -> bool:
    """Whether nothing was asked of an old connection yet, and this statement may be asked twice."""
    due = django.health_check_enabled and not django.health_check_done
    return bool(django.connection is not None and due and not django.in_atomic_block and sql.startswith("SELECT"))


def _fetched(django: Any, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    django.ensure_connection()
    with django.wrap_database_errors:
        own = _own_cursor(django.connection)
        own.execute(sql.encode(), parameters)
        return own.fetchall()


# One for a thread's connection, for as long as it lives: to make one costs as much as a small query.
_kept = threading.local()


def _own_cursor(raw: psycopg.Connection[Any]) -> psycopg.Cursor[Any]:
    found: psycopg.Cursor[Any] | None = getattr(_kept, "cursor", None)
    if found is None or found.closed or found.connection is not raw:
        found = _kept.cursor = psycopg.Cursor(raw)
        found.adapters.register_loader("timestamptz", TimestamptzLoader)
    return found


def first(model: type[Row], condition: str, parameters: Sequence[Any]) -> Row | None:
    """The row of `model` that meets `condition`, an SQL expression with placeholders; None when there is none."""
    found = fetch_sql(_selection(model, condition), parameters)
    if not found:
        return None
    fields, converted = _columns(model)
    values = list(found[0])
    for place, convert in converted:
        values[place] = convert(values[place], None, connections[DEFAULT_DB_ALIAS])
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)


def insert(row: Model) -> None:
    """Saves a new row as `save(force_insert=True)` does where nothing listens to Django's signals, and sets its id."""
    fields, _converted = _columns(type(row))
    written = [field for field in fields if not field.primary_key]
    django = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), django) for field in written]
    row.pk = fetch_sql(_insertion(type(row)), values)[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 (as Django's own save does)


@lru_cache(maxsize=64)
def _columns(model: type[Model]) -> tuple[list[Any], list[tuple[int, Any]]]:
    """The columns of a model, and what turns the values of some into what its attributes hold."""
    fields: list[Any] = list(model._meta.concrete_fields)  # noqa: SLF001 (Django documents it)
    converted = [
        (place, convert)
        for place, field in enumerate(fields)
        for convert in field.get_db_converters(connections[DEFAULT_DB_ALIAS])
    ]
    return fields, converted


@lru_cache(maxsize=64)
def _selection(model: type[Model], condition: str) -> str:
    names = ", ".join(f'"{field.column}"' for field in _columns(model)[0])
    return f'SELECT {names} FROM "{model._meta.db_table}" WHERE {condition} LIMIT 1'  # noqa: SLF001


@lru_cache(maxsize=64)
def _insertion(model: type[Model]) -> str:
    names = [f'"{field.column}"' for field in _columns(model)[0] if not field.primary_key]
    table, key = model._meta.db_table, model._meta.pk.column  # noqa: SLF001
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join(["%s"] * len(names))}) RETURNING "{key}"'
