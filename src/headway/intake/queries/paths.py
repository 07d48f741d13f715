"""How a message came in: by which way, when, and why it is where it is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from headway.intake.models import RawMail
from headway.tickets.models import Message, Ticket


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


def path_of(message: Message) -> Path | None:
    """How a message came in; of one of ours, how the latest report about it did. None when no mail stands behind it.

    The caller was let through to the message. One query.
    """
    rows = RawMail.objects.filter(message=message, state=RawMail.States.DONE)
    row = (
        rows.order_by("pk").first()
        if message.direction == Message.Directions.IN
        else rows.filter(findings__because="report").order_by("-pk").first()
    )
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


def beginning_of(ticket: Ticket) -> dict[str, Any]:
    """What was noted of the mail that began a ticket the caller was let through to; empty without one. One query."""
    rows = RawMail.objects.filter(message__ticket=ticket, state=RawMail.States.DONE).order_by("message_id", "pk")
    return dict(rows.values_list("findings", flat=True).first() or {})


def findings_of(message_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What was noted of the mails of these messages, by message. One query, none for none."""
    if not message_ids:
        return {}
    rows = RawMail.objects.filter(message_id__in=list(message_ids), state=RawMail.States.DONE).order_by("-pk")
    return {message_id: findings for message_id, findings in rows.values_list("message_id", "findings") if message_id}
