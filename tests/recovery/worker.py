"""`python -m tests.recovery.worker`: the real worker, with witnesses behind the pipeline's followers.

It notices the death of another in five seconds instead of thirty; nothing else is different.
"""

import os


def main() -> None:
    """Works until SIGTERM."""
    os.environ["HEADWAY_PROCESS"] = "worker"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    import django

    django.setup()
    from headway import pipeline
    from headway.events import followers
    from headway.foundation.jobs import rescue
    from headway.ops.serving import lanes, worker
    from tests.recovery import witness

    followed = dict.fromkeys(event_class for event_class, _ in pipeline.FOLLOWERS)
    witnesses = [(event_class, each) for event_class in followed for each in (witness.first, witness.second)]
    followers.register([*pipeline.FOLLOWERS, *witnesses])
    witness.declare()
    lanes.LOOK_SECONDS = 1
    rescue.SILENT_SECONDS = 5
    worker.run()


if __name__ == "__main__":
    main()
