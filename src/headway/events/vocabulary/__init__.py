"""Every event that exists, a file a noun. The class and its docstring are the documentation."""

from headway.events.vocabulary import (
    access,
    journal,
    macros,
    mail,
    mailboxes,
    messages,
    people,
    service,
    settings,
    tickets,
    views,
)

__all__ = ["access", "journal", "macros", "mail", "mailboxes", "messages", "people", "service", "settings", "tickets", "views"]
