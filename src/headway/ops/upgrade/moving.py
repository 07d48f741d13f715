"""Moving the data into a cluster of a new major version, beside the old one, which stays as it was."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from headway.ops import programs
from headway.ops.embedded import EmbeddedServer, binaries
from headway.ops.embedded.binaries import Binaries
from headway.ops.errors import Unusable
from headway.ops.upgrade import clusters

_ROOM = 1.2  # what the new cluster may need, in sizes of the old database


def move(folder: Path, old: Binaries) -> int:
    """Builds the new cluster from the old one and takes it into use. Returns how many migrations it applied.

    Killed at any moment, it leaves either the old cluster in use, untouched, or the new one, complete.
    """
    new = binaries.installed(binaries.shipped(), folder / "programs")
    place = clusters.workplace(folder)
    with EmbeddedServer(folder, programs=old) as source:
        _require_room(folder, source.url)
        with EmbeddedServer(place, programs=new) as target:
            _copy(source.url, target.url)
            applied = _settle(target.url)
    clusters.take_into_use(folder, new.major)
    return applied


def _require_room(folder: Path, url: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    needed = int((row[0] if row else 0) * _ROOM)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Unusable(
            f"The upgrade needs {needed // 1_000_000:,} MB beside the old data in {folder}, and "
            f"{free // 1_000_000:,} MB are free. Make room and run it again. Nothing was changed."
        )


def _copy(source: str, target: str) -> None:
    """pg_dump into psql, in one transaction."""
    options = ["--no-owner", "--no-privileges", "--exclude-extension=*", "--no-unlogged-table-data"]
    quiet = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"]
    with tempfile.TemporaryFile() as dump_said, tempfile.TemporaryFile() as load_said:
        dump = programs.start("pg_dump", *options, url=source, errors=dump_said)
        pipe = dump.stdout or subprocess.DEVNULL
        load = programs.start("psql", *quiet, url=target, source=pipe, target=subprocess.DEVNULL, errors=load_said)
        if dump.stdout is not None:
            dump.stdout.close()
        load.wait()
        dump.wait()
        dump_said.seek(0)
        load_said.seek(0)
        programs.require_success("psql", load.returncode, load_said.read())
        programs.require_success("pg_dump", dump.returncode, dump_said.read())


def _settle(url: str) -> int:
    """The tables of this version, and a journal whose readers go on in the new cluster."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    import django

    django.setup()
    from django.db import connection

    from headway.events import erasure
    from headway.ops.serving import migrate

    try:
        applied = len(migrate.migrate())
        erasure.reset_transactions()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return applied
    finally:
        connection.close()
        del os.environ["DATABASE_URL"]
