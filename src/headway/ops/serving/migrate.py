"""The migration: brings the database to this version's tables, before anything serves."""

import os
import sys
from typing import Any

from headway.ops.serving import current

# Any number, the same on every machine: two that start at once must not both migrate.
_LOCK = 7_420_183


def run() -> None:
    """Migrates, recognises a database that was moved here, and a key that is not the right one."""
    if current.is_current(os.environ["DATABASE_URL"]):
        return
    import django

    django.setup()
    migrate()
    recognise_move()
    recognise_key()
    _remember()


def is_empty() -> bool:
    """Whether nothing was ever migrated in this database."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return not MigrationRecorder(connection).applied_migrations()


def pending() -> list[str]:
    """Migrations that this version has and the database has not, as `app.name`."""
    return [f"{step.app_label}.{step.name}" for step, _ in _plan()]


def migrate() -> list[str]:
    """Applies what is pending, one machine at a time, and returns it."""
    from django.core.management import call_command
    from django.db import connection

    if not (waiting := pending()):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            if waiting := pending():
                sys.stderr.write(f"Bringing the database up to date (migrations: {len(waiting)})\n")
                call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return waiting


def recognise_move() -> bool:
    """Whether the database came from another cluster by other ways than ours, such as pg_restore.

    Then its transaction ids mean nothing here and are reset, and the workspace is held, as after our own restore: it
    may be a copy of one that goes on sending elsewhere.
    """
    from django.db import transaction

    from headway.events import erasure
    from headway.events.actor import Actor
    from headway.settings.actions import hold

    if not erasure.foreign_transactions():
        return False
    with transaction.atomic():
        hold("moved", actor=Actor.system())
        erasure.reset_transactions()
    sys.stderr.write("This database was moved here from another server. Nothing is sent until: headway release\n")
    return True


def recognise_key() -> None:
    """Says so when the master key is not the one that the secrets in this database were sealed with."""
    from headway.foundation import keys
    from headway.ops import keymark

    if not keymark.fits():
        sys.stderr.write(
            f"The master key ({keys.where()}) is not the one that secrets in this database were sealed with. "
            "Put that one back. See: headway doctor\n"
        )


def _remember() -> None:
    """So that the next start need not look."""
    from headway.ops.models import Mark

    Mark.objects.filter(id=1).update(version=current.tables())


def _plan() -> list[Any]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
