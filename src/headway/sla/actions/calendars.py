"""When the desk is open."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.sla.actions.publishing import published
from headway.sla.models import Calendar, Holiday, Target
from headway.sla.rules import hours
from headway.sla.rules.calendars import Calendar as Rules
from headway.sla.rules.impossible import Impossible


def save_calendar(
    calendar: Calendar | None = None,
    *,
    name: str,
    zone: str,
    week: str,
    is_default: bool = False,
    is_sample: bool = False,
    actor: Actor,
    at: datetime | None = None,
) -> Calendar:
    """Makes a calendar, or changes one. `week` is written like "mon-fri 09:00-17:00; sat 10:00-14:00".

    Raises Invalid for hours or a zone that cannot be read. A default calendar takes the place of the one before. In
    force from now, or from `at` on for an imported past.
    """
    if not name.strip():
        raise Invalid(_("A calendar needs a name."), field="name")
    try:
        Rules(zone, hours.week(week))
    except Impossible as error:
        raise _refused(error, "week") from error
    with published(actor, at):
        row = calendar or Calendar(is_sample=is_sample)
        if row.is_default and not is_default:
            raise Conflict(_("Make another calendar the default instead."))
        if is_default:
            Calendar.objects.filter(is_default=True).exclude(pk=row.pk).update(is_default=False)
        row.name, row.zone, row.week, row.is_default = name.strip(), zone, week, is_default
        row.save()
    return row


def archive_calendar(calendar: Calendar, *, actor: Actor) -> None:
    """Takes a calendar out of use. Raises Conflict for the default one and for one that targets still use."""
    with published(actor):
        row = Calendar.objects.select_for_update().get(pk=calendar.pk)
        if row.is_default or Target.objects.filter(calendar=row).exists():
            raise Conflict(_("Targets are counted by this calendar. Give them another one first."))
        row.archived_at = row.archived_at or now()
        row.save(update_fields=["archived_at"])


def restore_calendar(calendar: Calendar, *, actor: Actor) -> None:
    """Uses an archived calendar again."""
    with published(actor):
        Calendar.objects.filter(pk=calendar.pk).update(archived_at=None)


def set_holiday(calendar: Calendar, day: date, *, name: str = "", hours_open: str = "", actor: Actor) -> Holiday:
    """Gives a date hours of its own: "" closes it all day, "09:00-12:00" the afternoon. Raises Invalid."""
    try:
        hours.day(hours_open)
    except Impossible as error:
        raise _refused(error, "hours") from error
    with published(actor):
        values = {"name": name.strip(), "hours": hours_open}
        holiday, _fresh = Holiday.objects.update_or_create(calendar=calendar, day=day, defaults=values)
    return holiday


def remove_holiday(calendar: Calendar, day: date, *, actor: Actor) -> None:
    """Gives a date its usual hours again; a date that is no holiday stays as it is."""
    with published(actor):
        Holiday.objects.filter(calendar=calendar, day=day).delete()


def remove_samples(*, actor: Actor) -> None:
    """Deletes sample calendars that no target uses; where one was the default, the oldest other one is again."""
    with published(actor):
        samples = Calendar.objects.filter(is_sample=True)
        other = Calendar.objects.filter(is_sample=False, archived_at__isnull=True).order_by("pk").first()
        if samples.filter(is_default=True).exists() and other is not None:
            samples.update(is_default=False)
            other.is_default = True
            other.save(update_fields=["is_default"])
        used = samples.filter(pk__in=Target.objects.filter(calendar__isnull=False).values("calendar_id"))
        used.update(is_sample=False)
        samples.filter(is_default=False).delete()


def _refused(error: Impossible, field: str) -> Invalid:
    reason = _(error.said) % error.about
    return Invalid(_("These hours cannot be used. %(reason)s") % {"reason": reason}, field=field)
