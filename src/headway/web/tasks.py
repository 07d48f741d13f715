"""Schedules of the web package; the import makes them known to the worker.

Every process imports this, and only the web process needs the API's machinery: it is imported where a schedule runs.
"""

from headway.foundation.clock import now
from headway.foundation.jobs import schedule
from headway.web.models import IdempotencyKey, Presence
from headway.web.notifying import tasks as notifying

__all__ = ["forget_answers", "forget_old_uploads", "notifying"]


@schedule("web.forget_answers", "23 * * * *", while_held=True)
def forget_answers() -> None:
    """Every hour: answers kept for a repetition that did not come in a day."""
    from headway.web.api.once import KEPT

    IdempotencyKey.objects.filter(at__lte=now() - KEPT).delete()


@schedule("web.forget_presence", "37 * * * *", while_held=True)
def forget_presence() -> None:
    """Every hour: windows that fell silent."""
    from headway.web.presence import SILENCE

    Presence.objects.filter(seen_at__lt=now() - SILENCE).delete()


@schedule("web.forget_uploads", "29 * * * *", while_held=True)
def forget_old_uploads() -> None:
    """Every hour: uploads that nothing was written with in a day."""
    from headway.web.api.uploads import forget_uploads

    forget_uploads()
