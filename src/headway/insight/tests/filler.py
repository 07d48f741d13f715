"""`python -m headway.insight.tests.filler`: fills and compacts the lake in small batches until somebody kills it."""

import os

BATCH = 150


def main() -> None:
    """Never returns."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    import django

    django.setup()
    from headway.events.actor import Actor
    from headway.insight.actions import compacting, filling

    compacting.MANY = 4
    while True:
        filling.fill(actor=Actor.system(), limit=BATCH)
        compacting.compact(actor=Actor.system())


if __name__ == "__main__":
    main()
