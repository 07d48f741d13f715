"""What each setting of the workspace is called, group by group."""

from collections.abc import Callable

from django.utils.translation import gettext as _

LABELS: dict[str, dict[str, Callable[[], str]]] = {
    "general": {
        "name": lambda: _("Workspace name"),
        "first_steps": lambda: _("Show the first steps"),
        "language": lambda: _("Language"),
        "timezone": lambda: _("Time zone"),
        "search_languages": lambda: _("Languages of the search"),
    },
    "sending": {
        "undo_seconds": lambda: _("Seconds to take a reply back"),
        "attachment_megabytes": lambda: _("Largest attachment, in MB"),
        "mail_megabytes": lambda: _("Largest mail, in MB"),
        "link_days": lambda: _("Days a link to a file works"),
        "automatic_window_minutes": lambda: _("Minutes between automatic mails to one address"),
        "automatic_per_recipient_day": lambda: _("Automatic mails to one address a day"),
        "automatic_per_mailbox_hour": lambda: _("Automatic mails of one mailbox an hour"),
        "automatic_per_hour": lambda: _("Automatic mails of all mailboxes an hour"),
    },
    "access": {
        "second_factor_required": lambda: _("Everybody needs a second factor"),
        "invitation_days": lambda: _("Days an invitation is good"),
        "token_days": lambda: _("Longest life of an API token, in days"),
        "api_requests_per_minute": lambda: _("API requests a minute for each token"),
    },
    "audit": {
        "audit_cost_hour": lambda: _("Cost of a paid hour"),
        "audit_hours_month": lambda: _("Paid hours in a month"),
        "audit_currency": lambda: _("Currency"),
        "audit_calibration_percent": lambda: _("Calibration of working time, in percent"),
    },
    "reopening": {
        "reopen_days": lambda: _("Days in which an answer reopens a solved ticket"),
        "close_days": lambda: _("Days until a solved ticket is closed"),
        "remind_after_hours": lambda: _("Hours of silence before a reminder"),
        "remind_times": lambda: _("Reminders before a waiting ticket is solved"),
        "solve_waiting_days": lambda: _("Days of silence before a waiting ticket is solved"),
    },
}
