"""One embedded server for each parallel worker; a template database that tests clone when they commit.

A test that asks for `db` runs in a transaction that is rolled back. One that must commit (jobs, several connections,
killed processes) asks for `committed_db` and gets a clone of the template for itself.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before Django reads its settings: a home of its own for each worker, and nothing of the developer's environment.
_home = Path(tempfile.mkdtemp(prefix="headway-test-"))
_home.chmod(0o755)
for _name in [name for name in os.environ if name.startswith("HEADWAY_")]:
    if not _name.startswith("HEADWAY_TEST_"):
        del os.environ[_name]
os.environ["HEADWAY_HOME"] = str(_home)
os.environ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/not-started-yet"
# test servers stand on loopback, to which nothing else may connect
os.environ["HEADWAY_INTERNAL_HOSTS"] = "localhost,127.0.0.0/8,::1"
os.environ["DJANGO_SETTINGS_MODULE"] = "headway.config.settings"

import django  # noqa: E402
import hypothesis  # noqa: E402
import psycopg  # noqa: E402
import pytest  # noqa: E402
from django.db import connections  # noqa: E402

from headway.foundation import environment  # noqa: E402

django.setup()

# how fast a busy machine is decides no test; what CI chooses besides stays
hypothesis.settings.register_profile(
    "unhurried", hypothesis.settings(), deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")

pytest_plugins = ["tests.cast", "tests.doors", "tests.mailservers.fixtures"]

CLONES = iter(range(1, 1_000_000))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    # parallel workers inherit this environment: with the variable they would set Django up before they have a home
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: a long test that is begun last keeps one worker busy while the others have nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_unconfigure() -> None:
    shutil.rmtree(_home, ignore_errors=True)


def _point_at(url: str, name: str) -> None:
    """Makes Django's connection speak to the database `name` on the server at `url`."""
    connections.close_all()
    settings_dict = connections["default"].settings_dict
    settings_dict.update(environment.database(url))
    settings_dict["NAME"] = name
    # a job's thread keeps no connection open behind the test's back
    settings_dict["CONN_MAX_AGE"] = 0


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as maintenance:
        maintenance.execute(statement.encode())


def _drop(url: str, name: str) -> None:
    """Ends who is still connected, then drops: FORCE would stumble over an autovacuum, which is not ours to end."""
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{name}' AND usename = current_user AND pid <> pg_backend_pid()"
    )
    for _ in range(10):
        _run(url, ended)
        # it waits five seconds for them itself; on a busy machine that is not always enough
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            _run(url, f"DROP DATABASE {name}")
            return
    raise RuntimeError(f"somebody stays connected to {name}")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of this worker's server."""
    from headway.ops.embedded import EmbeddedServer

    embedded = EmbeddedServer(_home / "postgres", durable=False)
    try:
        yield embedded.start()
    finally:
        connections.close_all()
        embedded.stop()


@pytest.fixture(scope="session")
def template(server: str, django_db_blocker: "pytest.FixtureRequest") -> str:
    """The name of a migrated database that nobody is connected to."""
    from django.core.management import call_command

    _run(server, "CREATE DATABASE template_headway")
    _point_at(server, "template_headway")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("migrate", verbosity=0, skip_checks=True)
        connections.close_all()
    return "template_headway"


@pytest.fixture(scope="session")
def django_db_setup(server: str, template: str) -> None:
    """What `db` works on: one clone, in which nothing is ever committed."""
    _run(server, f"CREATE DATABASE shared TEMPLATE {template}")
    _point_at(server, "shared")


@pytest.fixture
def committed_db(server: str, template: str, django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A database of the test's own, in which it may commit. Its address."""
    name = f"clone_{next(CLONES)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    _point_at(server, name)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield server.replace("/headway?", f"/{name}?")
        connections.close_all()
    _point_at(server, "shared")
    _drop(server, name)


@pytest.fixture(autouse=True)
def _fresh_caches() -> Iterator[None]:
    """What processes keep by version or hash belongs to one test's database."""
    yield
    from headway.settings import queries as settings
    from headway.sla import queries as sla

    settings._known.clear()  # noqa: SLF001
    sla._policies.clear()  # noqa: SLF001
