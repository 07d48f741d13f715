from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The team, its customers and its brands."""

    name = "headway.people"
    label = "people"
