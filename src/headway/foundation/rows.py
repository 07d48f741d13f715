"""Rows of hot lists, read past what Django does in Python for each value and PostgreSQL for each plan."""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg.types.datetime import TimestamptzLoader


def fetch(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of a `values_list`, as tuples. Times are aware, in UTC; JSON columns are not for this.

    Django sets the zone of every time again in Python, though the connection is in UTC already, and has every statement
    planned anew: together half of a list's processor time.
    """
    try:
        return fetch_sql(*rows.query.sql_with_params())
    except EmptyResultSet:
        return []


def fetch_sql(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement, which is planned once a connection when it comes again and again."""
    # through Django first: its connection is there and sound, and counted queries are counted
    with connection.cursor() as cursor:
        if connection.queries_logged or connection.execute_wrappers:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
        with psycopg.Cursor(connection.connection) as own, connection.wrap_database_errors:
            own.adapters.register_loader("timestamptz", TimestamptzLoader)
            own.execute(sql.encode(), parameters)
            return own.fetchall()
