from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The store: ticket, message, note, tag."""

    name = "headway.tickets"
    label = "tickets"
