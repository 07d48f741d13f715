from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "headway.sla"
    label = "sla"
