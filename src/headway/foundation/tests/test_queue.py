"""Fetching a job costs the same however many wait."""

import re

import pytest
from django.db import connection
from procrastinate import sql


@pytest.mark.usefixtures("db")
def test_the_function_that_fetches_a_job_never_sorts_the_queue() -> None:
    # an upgrade may bring a new function, which then needs the setting too
    found = re.search(r"procrastinate_fetch_job\w*", sql.queries["fetch_job"])
    assert found is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = %s", [found[0]])
        assert cursor.fetchall() == [(["enable_sort=off"],)]
