from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "headway.notifications"
    label = "notifications"

    def ready(self) -> None:
        from headway.notifications.queries import followed
        from headway.tickets.queries.filters import BEYOND

        BEYOND["followed"] = followed
