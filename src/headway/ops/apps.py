from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "headway.ops"
    label = "ops"
