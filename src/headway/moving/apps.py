from django.apps import AppConfig


class MovingConfig(AppConfig):
    """Histories of other systems."""

    name = "headway.moving"
    label = "moving"
