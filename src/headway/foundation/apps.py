from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Clock, keys, files, jobs, limits: what every package stands on."""

    name = "headway.foundation"
    label = "foundation"
