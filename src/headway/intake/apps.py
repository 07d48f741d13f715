from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "headway.intake"
    label = "intake"
