"""Every event that exists, a file a noun. The class and its docstring are the documentation."""

from headway.events.vocabulary import journal, messages, people, settings, tickets

__all__ = ["journal", "messages", "people", "settings", "tickets"]
