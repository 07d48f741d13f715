"""A change of hours or targets becomes an edition: in force from now, never again changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.service import TargetsChanged
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.sla.models import Calendar, Edition, Target
from headway.sla.rules.editions import Content, policy_of
from headway.tickets.models import Ticket


@contextmanager
def published(actor: Actor, at: datetime | None = None) -> Iterator[None]:
    """Around a change, one at a time: afterwards it is written down as an edition, if it changed anything.

    `at` is for an imported past: in force from then. Raises Conflict when later editions exist already.
    """
    require(actor, Permission.SETTINGS)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sla_edition'))")
        yield
        content = _content()
        latest = Edition.objects.order_by("-at", "-pk").first()
        if latest is not None and latest.content == content:
            return
        policy_of(content)
        at = at or now()
        if latest is not None and latest.at > at:
            raise Conflict(_("Hours and targets were changed after that."))
        edition = Edition.objects.create(at=at, content=content)
        journal.record(TargetsChanged(subject_id=edition.pk), actor=actor)


def _content() -> Content:
    calendars = list(Calendar.objects.filter(archived_at__isnull=True).prefetch_related("holidays"))
    default = next(str(calendar.pk) for calendar in calendars if calendar.is_default)
    return {
        "calendars": {
            str(calendar.pk): {
                "zone": calendar.zone,
                "week": calendar.week,
                "exceptions": {holiday.day.isoformat(): holiday.hours for holiday in calendar.holidays.all()},
            }
            for calendar in calendars
        },
        "targets": [
            {
                "channel": target.channel or None,
                "priority": Ticket.Priorities(target.priority).name.lower() if target.priority else None,
                "first": target.first_minutes,
                "next": target.next_minutes,
                "calendar": str(target.calendar_id) if target.calendar_id else default,
            }
            for target in Target.objects.order_by("channel", F("priority").asc(nulls_first=True))
        ],
    }
