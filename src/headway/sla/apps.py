from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "headway.sla"
    label = "sla"

    def ready(self) -> None:
        from headway.sla.queries import due_moment
        from headway.tickets.queries.listing import sorted_elsewhere

        sorted_elsewhere("due", due_moment)
