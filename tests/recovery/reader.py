"""`python -m tests.recovery.reader`: reads the journal as the event lake does, and notes each entry it was given."""

import os
import time


def main() -> None:
    """Reads until it is killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    import django

    django.setup()
    from django.db import Error, close_old_connections, connection, transaction

    from headway.events import reader

    while True:
        close_old_connections()
        try:
            with transaction.atomic():
                entries = reader.take("recovery", limit=20)
                with connection.cursor() as cursor:
                    cursor.executemany(
                        "INSERT INTO recovery_read (entry_id) VALUES (%s)", [[entry.id] for entry in entries]
                    )
        except Error:
            entries = []
        if not entries:
            time.sleep(0.1)


if __name__ == "__main__":
    main()
