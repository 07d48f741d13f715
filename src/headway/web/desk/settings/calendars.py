"""Business hours: weeks of shifts in a zone, and dates with hours of their own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.sla import actions, queries
from headway.sla.models import Calendar
from headway.sla.rules import hours
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices
from headway.web.desk.settings.archiving import decided
from headway.web.desk.settings.form import Form
from headway.web.desk.settings.zones import zones

PAGE = "/desk/settings/calendars"
USUAL = ["09:00-17:00"] * 5 + ["", ""]


@desk(Permission.SETTINGS)
def calendars(request: DeskRequest) -> HttpResponse:
    """The calendars with their week at a glance."""
    shown = {
        "nav": navigation(request),
        "notices": notices(request),
        "calendars": [(one, _glance(one), one.holidays.count()) for one in queries.calendars()],
        "archived": queries.archived_calendars(),
    }
    return render(request, "desk/settings/calendars.jinja", shown)


@desk(Permission.SETTINGS)
def new(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `name`, `zone`, `is_default` and `day-0` to `day-6` adds a calendar."""
    return _page(request, None)


@desk(Permission.SETTINGS)
def calendar(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """GET: the form with its holidays. POST changes the calendar, for every clock that runs."""
    return _page(request, queries.calendar_for(calendar_id))


archival = decided(
    PAGE,
    queries.calendar_for,
    actions.archive_calendar,
    lambda: _("%(name)s is archived. Bring it back below if you need it."),
)
restoration = decided(PAGE, queries.calendar_by_id, actions.restore_calendar, lambda: _("%(name)s is used again."))


def _page(request: DeskRequest, row: Calendar | None) -> HttpResponse:
    form = Form(values(row))
    if request.method == "POST":
        typed = form.read(request)

        def save() -> None:
            actions.save_calendar(
                row, name=typed["name"], zone=typed["zone"], week=_week(typed),
                is_default=typed["is_default"] or bool(row and row.is_default),
                actor=request.user.actor,
            )  # fmt: skip

        if saved := form.save(request, save, PAGE, _("Saved. Every running clock is counted anew by it.")):
            return saved
    return shown(request, row, form)


def values(row: Calendar | None) -> dict[str, Any]:
    """A calendar as its form shows it; of a new one, an office week."""
    days = [hours.written(day) for day in hours.week(row.week)] if row else USUAL
    return {
        "name": row.name if row else "",
        "zone": row.zone if row else settings.current().timezone,
        "is_default": row.is_default if row else False,
    } | {f"day-{number}": text for number, text in enumerate(days)}


def _week(typed: dict[str, Any]) -> str:
    """The week as it is kept. Raises Invalid at the day whose hours cannot be read."""
    parts = []
    for number, name in enumerate(hours.NAMES):
        written = typed[f"day-{number}"].replace("–", "-").replace(",", " ")
        if written:
            try:
                hours.week(f"{name} {written}")
            except ValueError as error:
                told = _("Write hours like 09:00-12:30 13:30-18:00; leave it empty where you are closed.")
                raise Invalid(told, field=f"day-{number}") from error
            parts.append(f"{name} {' '.join(written.split())}")
    return "; ".join(parts)


def _glance(row: Calendar) -> list[tuple[str, str]]:
    """Neighbouring days with the same hours in one line: "Monday – Friday", "09:00-17:00"."""
    lines: list[tuple[int, int, str]] = []
    for number, day in enumerate(hours.week(row.week)):
        text = hours.written(day)
        if lines and lines[-1][2] == text:
            lines[-1] = (lines[-1][0], number, text)
        else:
            lines.append((number, number, text))
    return [
        (str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]} – {WEEKDAYS[last]}", text or _("closed"))
        for first, last, text in lines
    ]


def shown(request: DeskRequest, row: Calendar | None, form: Form) -> HttpResponse:
    """The page of one calendar with this form."""
    form.values = {"day": "", "called": "", "hours": ""} | form.values
    told = {
        "nav": navigation(request), "notices": notices(request), "calendar": row, "form": form, "zones": zones(),
        "days": [(f"day-{number}", str(WEEKDAYS[number])) for number in range(7)],
        "holidays": list(row.holidays.order_by("day")) if row else [],
    }  # fmt: skip
    return render(request, "desk/settings/calendar.jinja", told, status=form.status)
