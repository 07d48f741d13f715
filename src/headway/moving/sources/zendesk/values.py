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


def by_rule(via: Any) -> bool:
    """Whether a rule of Zendesk did it."""
    channel = via.get("channel") if isinstance(via, Mapping) else via
    return str(channel).lower() in {"rule", "trigger", "automation"}
