from django.apps import AppConfig


class InsightConfig(AppConfig):
    """What a history says."""

    name = "headway.insight"
    label = "insight"
