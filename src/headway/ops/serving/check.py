"""The look at a database in DATABASE_URL before one machine serves from it: other machines may use it too."""

import os

from headway.ops.errors import Unusable
from headway.ops.serving import current, migrate


def run() -> None:
    """Makes the tables in an empty database. Raises Unusable when there are tables of another version.

    To migrate them is an administrator's decision: programs on other machines may still need them as they are.
    """
    if current.is_current(os.environ["DATABASE_URL"]):
        return
    import django

    django.setup()
    if migrate.is_empty():
        migrate.run()
    elif waiting := migrate.pending():
        raise Unusable(f"The database lacks {len(waiting)} of this version's migrations. Run: headway migrate")
    else:
        migrate.recognise_move()
        migrate.recognise_key()
