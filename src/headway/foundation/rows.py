"""Rows of hot lists, read past what Django does in Python for each value and PostgreSQL for each plan."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar, cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.db.models.base import ModelState
from psycopg.types.datetime import TimestamptzLoader

Row = TypeVar("Row", bound=Model)


def fetch_sql(sql: str, parameters: Sequence[Any], *, again: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a statement, as tuples. Times are aware, in UTC; JSON comes as it is written.

    `again`: it does no harm twice, as no SELECT does, should the connection turn out to be lost.

    Django sets the zone of every time again in Python, though the connection is in UTC already, and has every statement
    planned anew: together half of a list's processor time. This one is planned once a connection when it comes again.
    """
    django = connections[DEFAULT_DB_ALIAS]  # not `connection`, which looks this up again for each attribute
    if django.queries_logged or django.execute_wrappers:
        # counted queries are counted
        with django.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    if not ((again or sql.startswith("SELECT")) and _unchecked(django)):
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


def _unchecked(django: Any) -> bool:
    """Whether nothing was asked of an old connection yet."""
    due = django.health_check_enabled and not django.health_check_done
    return bool(django.connection is not None and due and not django.in_atomic_block)


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


@dataclass(frozen=True, slots=True)
class One:
    """The row of `model` that meets `condition`, an SQL expression with placeholders."""

    model: type[Model]
    condition: str
    parameters: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class NextId:
    """The id that a new row of `model` will have."""

    model: type[Model]


def gather(*wanted: One | NextId) -> list[Any]:
    """What is wanted, in that order, in one statement: rows (None where there is none) and ids."""
    shape = tuple((one.model, one.condition if isinstance(one, One) else None) for one in wanted)
    parameters = [value for one in wanted if isinstance(one, One) for value in one.parameters]
    values = iter(fetch_sql(_gathering(shape), parameters)[0])
    return [
        next(values) if isinstance(one, NextId) else _row(one.model, list(islice(values, len(columns(one.model)))))
        for one in wanted
    ]


def first(model: type[Row], condition: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The row of `model` that meets `condition`; None when there is none."""
    (found,) = gather(One(model, condition, parameters))
    return cast("Row | None", found)


def made(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """The object of a row as `Model.from_db` makes it, where nothing listens to Django's signals.

    `names` are the attributes that `values` are of; the others are fetched when something asks for them.
    """
    row = model.__new__(model)
    state = row._state = ModelState()  # noqa: SLF001 (as Django's own does)
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    row.__dict__.update(zip(names, values, strict=True))
    return row


@lru_cache(maxsize=64)
def columns(model: type[Model]) -> list[Any]:
    """The fields of a model that have a column, in order."""
    return list(model._meta.concrete_fields)  # noqa: SLF001 (Django documents it)


def sequence(model: type[Model]) -> str:
    """The name of what numbers the rows of a model, as PostgreSQL gives it to an identity column."""
    return f"{model._meta.db_table}_{model._meta.pk.column}_seq"  # noqa: SLF001


def _row(model: type[Row], values: list[Any]) -> Row | None:
    """None where the key is null."""
    names, key, converted = _attributes(model)
    if values[key] is None:
        return None
    for place, convert in converted:
        values[place] = convert(values[place], None, connections[DEFAULT_DB_ALIAS])
    return made(model, names, values)


@lru_cache(maxsize=64)
def _attributes(model: type[Model]) -> tuple[list[str], int, list[tuple[int, Any]]]:
    """The attributes of a model's columns, the place of its key, and what turns values into what attributes hold."""
    fields, django = columns(model), connections[DEFAULT_DB_ALIAS]
    converted = [(place, convert) for place, field in enumerate(fields) for convert in field.get_db_converters(django)]
    return [field.attname for field in fields], fields.index(model._meta.pk), converted  # noqa: SLF001


@lru_cache(maxsize=64)
def _gathering(shape: tuple[tuple[type[Model], str | None], ...]) -> str:
    """The statement for these models and conditions; without a condition the next id is meant."""
    chosen: list[str] = []
    sources = ["(SELECT) AS one"]
    for place, (model, condition) in enumerate(shape):
        if condition is None:
            chosen.append(f"nextval('{sequence(model)}')")
            continue
        names = [f'"{field.column}"' for field in columns(model)]
        chosen += [f"row{place}.{name}" for name in names]
        table = model._meta.db_table  # noqa: SLF001
        inner = f'SELECT {", ".join(names)} FROM "{table}" WHERE {condition} LIMIT 1'
        sources.append(f"({inner}) AS row{place} ON true")
    return f"SELECT {', '.join(chosen)} FROM {' LEFT JOIN '.join(sources)}"
