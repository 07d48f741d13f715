"""What a workspace can change while it runs, with defaults. The reference page is made from this."""

from dataclasses import dataclass, field
from typing import Any


def _setting(default: Any, doc: str) -> Any:
    if isinstance(default, list | dict):
        return field(default_factory=lambda: default, metadata={"doc": doc})
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One version of the workspace's settings."""

    name: str = _setting("Headway", "The workspace's name, shown at the desk and in mails without a brand.")
    first_steps: bool = _setting(
        True, "Administrators see the first steps of setting up, in the menu and when they come in to an empty desk."
    )
    language: str = _setting("en", "The language of the workspace where a person has chosen none.")
    timezone: str = _setting("UTC", "The time zone of the workspace where a person has chosen none.")
    search_languages: tuple[str, ...] = _setting(
        ("english", "german", "spanish", "french", "italian"),
        "The languages whose word endings search understands (PostgreSQL text search configurations).",
    )
    reopen_days: int = _setting(
        14, "A customer's reply within so many days reopens a solved ticket; later it starts a linked one."
    )
    close_days: int = _setting(14, "A solved ticket is closed after so many days.")
    remind_after_hours: int = _setting(
        72, "A ticket waiting on the customer is due for a reminder after so many hours. 0: never."
    )
    remind_times: int = _setting(1, "How many reminders fall due before a waiting ticket is solved.")
    solve_waiting_days: int = _setting(0, "A ticket waiting on the customer is solved after so many days. 0: never.")
    undo_seconds: int = _setting(10, "For so long a reply can be taken back before it leaves.")
    attachment_megabytes: int = _setting(25, "The largest file that an agent or the API may attach.")
    mail_megabytes: int = _setting(
        20, "The largest mail that is sent. Files that do not fit are replaced by links that expire."
    )
    link_days: int = _setting(14, "A link to a file that was too large for a mail works for so many days.")
    automatic_window_minutes: int = _setting(
        60, "One address gets at most one automatic mail, such as an acknowledgement, in so many minutes."
    )
    automatic_per_recipient_day: int = _setting(5, "How many automatic mails one address gets in a day at most.")
    automatic_per_mailbox_hour: int = _setting(300, "How many automatic mails one mailbox sends in an hour at most.")
    automatic_per_hour: int = _setting(1000, "How many automatic mails leave in an hour at most, by all mailboxes.")
    invitation_days: int = _setting(7, "An invitation to the team is good for so many days.")
    token_days: int = _setting(365, "The longest life of an API token.")
    second_factor_required: bool = _setting(False, "Everybody must sign in with a second factor.")
    audit_cost_hour: int = _setting(
        0, "What a paid hour of the team costs, everything included, in whole units of the currency. 0: not entered."
    )
    audit_hours_month: int = _setting(0, "The team's paid hours in a month, all people together. 0: not entered.")
    audit_currency: str = _setting("EUR", "The currency of the cost, like EUR or USD.")
    audit_calibration_percent: int = _setting(
        100,
        "What the audit's estimate of working time is multiplied by: record a week's work, and enter what was recorded "
        "in percent of what was estimated. Recorded time is never changed.",
    )
    api_requests_per_minute: int = _setting(600, "How many API requests one token may make in a minute.")
