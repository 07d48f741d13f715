"""How a message came in: by which way, when, and why it is where it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from headway.intake.models import RawMail


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one mail into its ticket. `findings` is what was noted at each step, see `intake.findings`."""

    raw_id: int
    source: str
    size: int
    stored_at: datetime
    processed_at: datetime | None
    attempts: int
    because: str
    findings: dict[str, Any]


def path_of(message_id: int) -> Path | None:
    """How a message came in. None for one that came by no mail.

    The caller was let through to the message. One query.
    """
    row = RawMail.objects.filter(message_id=message_id).exclude(state=RawMail.States.ERASED).order_by("pk").first()
    if row is None:
        return None
    return Path(
        row.pk,
        row.source,
        row.size,
        row.stored_at,
        row.processed_at,
        row.attempts,
        str(row.findings.get("because", "")),
        dict(row.findings),
    )
