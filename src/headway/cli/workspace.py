"""What a command that reads or writes the workspace stands on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from headway.ops.address import Address, database
from headway.ops.errors import Unusable


@contextmanager
def workspace(*, current: bool = True) -> Iterator[Address]:
    """Inside the block Django is set up on this installation's database, with its tables up to date.

    An embedded database is migrated when it is not; for one in DATABASE_URL that is an administrator's decision, so it
    raises Unusable. Without `current` the tables are not looked at.
    """
    with database() as address:
        settings_only()
        import django

        django.setup()
        if current:
            from headway.ops.serving import migrate

            if address.embedded:
                migrate.migrate()
            elif waiting := migrate.pending():
                raise Unusable(f"The database lacks {len(waiting)} of this version's migrations. Run: headway migrate")
        yield address


def settings_only() -> None:
    """Names Django's settings without loading them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    os.environ.setdefault("HEADWAY_PROCESS", "command")
