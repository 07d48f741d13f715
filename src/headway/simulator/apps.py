from django.apps import AppConfig


class SimulatorConfig(AppConfig):
    name = "headway.simulator"
    label = "simulator"
