"""What a held workspace would do the moment it is released."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce

from headway.foundation.jobs.declaration import RESTING
from headway.intake.email import letters
from headway.intake.models import Delivery, RawMail
from headway.settings.queries import hold

_SHOWN = 10
_UNSENT = (Delivery.States.QUEUED, Delivery.States.SENDING, Delivery.States.UNCERTAIN)


@dataclass(frozen=True)
class Pending:
    """Mails by state with when they were written, the first of them, mails to be read, jobs and schedules by name."""

    held_since: str | None
    reason: str
    mails: dict[str, int]
    written_from: str | None
    written_to: str | None
    first_mails: Sequence[str]
    mails_to_read: int
    jobs: dict[str, int]
    schedules: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def pending() -> Pending:
    """Looks without changing anything."""
    held = hold()
    unsent = Delivery.objects.filter(state__in=_UNSENT)
    span = unsent.annotate(written=Coalesce("message__at", "side__at")).aggregate(
        first=Min("written"), last=Max("written")
    )
    shown = unsent.select_related("message__ticket", "side__side__ticket").order_by("due_at", "pk")[:_SHOWN]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY 1 ORDER BY 1"
        )
        jobs = {str(name): int(count) for name, count in cursor.fetchall()}
    return Pending(
        held_since=_text(held.since) if held else None,
        reason=held.reason if held else "",
        mails=dict(unsent.values_list("state").annotate(Count("pk")).order_by("state")),
        written_from=_text(span["first"]),
        written_to=_text(span["last"]),
        first_mails=[
            f"#{letter.ticket_id} {letter.ticket.subject[:60]}, to {address}, written {letter.at:%Y-%m-%d %H:%M} UTC"
            for letter, address in ((letters.of(one), one.address) for one in shown)
        ],
        mails_to_read=RawMail.objects.filter(state=RawMail.States.STORED).count(),
        jobs=jobs,
        schedules=sorted(RESTING),
    )


def _text(at: datetime | None) -> str | None:
    return at.isoformat(timespec="minutes") if at else None
