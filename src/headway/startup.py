"""What happens once when Django starts. Apart from pipeline.py, which imports models and so must wait until now."""

from django.apps import AppConfig


class Startup(AppConfig):
    """Hands the list of followers to the journal. It has no tables."""

    name = "headway.startup"
    label = "pipeline"

    def ready(self) -> None:
        from headway import pipeline
        from headway.events import followers

        followers.register(pipeline.FOLLOWERS)
