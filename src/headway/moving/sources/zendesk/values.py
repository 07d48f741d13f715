"""Values as Zendesk writes them."""

from collections.abc import Mapping
from typing import Any, Final

CATEGORIES: Final = {
    "new": "new",
    "open": "open",
    "pending": "waiting",
    "hold": "hold",
    "solved": "solved",
    "closed": "closed",
}
PRIORITIES: Final = {"low": 1, "normal": 2, "high": 3, "urgent": 4}
# What a ticket came by, as we call it. What has no counterpart is answered by mail, as Zendesk does it too.
CHANNELS: Final = {"api": "api", "voice": "phone", "phone": "phone", "chat": "chat", "chat_transcript": "chat"}


def ident(value: Any) -> str:
    """An id as text; "" for none, and for Zendesk itself."""
    return "" if value in (None, "", 0, -1, "0", "-1") else str(value)


def facts(*given: Mapping[str, Any] | None) -> dict[str, str | int | float | bool]:
    """Custom fields of people and organisations as facts: what is empty or no plain value is left out."""
    found: dict[str, str | int | float | bool] = {}
    for values in given:
        for name, value in (values or {}).items():
            if value not in (None, "", []) and isinstance(value, str | int | float | bool) and len(found) < 50:
                found[str(name)[:60]] = value[:1000] if isinstance(value, str) else value
    return found


def by_rule(via: Any) -> bool:
    """Whether a rule of Zendesk did it."""
    channel = via.get("channel") if isinstance(via, Mapping) else via
    return str(channel).lower() in {"rule", "trigger", "automation"}
