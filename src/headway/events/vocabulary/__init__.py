"""Every event that exists, a file a noun. The class and its docstring are the documentation."""

from headway.events.vocabulary import access, journal, messages, people, service, settings, tickets

__all__ = ["access", "journal", "messages", "people", "service", "settings", "tickets"]
