"""Business hours."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from headway.people.rules import Permission, Scope
from headway.sla import actions, queries
from headway.sla.models import Calendar
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Service levels")

CalendarName = Annotated[str, Field(min_length=1, max_length=80)]
Zone = Annotated[str, Field(max_length=60, description="A name of the tz database, like Europe/Berlin.")]
Week = Annotated[
    str, Field(max_length=2000, description="Like mon-fri 09:00-12:30 13:30-18:00; sat 10:00-14:00. In the zone.")
]
Day = Annotated[date, Field(strict=False)]


@dataclass(slots=True)
class HolidayOut:
    """A date with hours of its own; "" is closed all day."""

    day: date
    name: str
    hours: str


@dataclass(slots=True)
class CalendarOut:
    """When a desk is open."""

    id: int
    name: str
    zone: str
    week: str
    is_default: bool
    archived: bool
    holidays: list[HolidayOut]


class CalendarIn(Input):
    """A new calendar."""

    name: CalendarName
    zone: Zone
    week: Week
    is_default: bool = False


class CalendarChanges(Input):
    """New values; what is left out stays."""

    name: CalendarName | None = None
    zone: Zone | None = None
    week: Week | None = None
    is_default: bool | None = None


class HolidayIn(Input):
    """What a date is called and when the desk is open on it."""

    name: Annotated[str, Field(max_length=80)] = ""
    hours: Annotated[str, Field(max_length=120, description="Like 09:00-12:00; empty: closed all day.")] = ""


@routes.get("/calendars", Scope.TICKETS_READ, Permission.READ, Listed[CalendarOut])
def list_calendars(request: ApiRequest) -> HttpResponse:
    """The calendars in use, the default first."""
    return listed(request, [_out(row) for row in queries.calendars()], None)


@routes.post("/calendars", Scope.ADMIN, Permission.SETTINGS, CalendarOut)
def create_calendar(request: ApiRequest, body: CalendarIn) -> HttpResponse:
    """Add a calendar."""
    row = actions.save_calendar(
        name=body.name, zone=body.zone, week=body.week, is_default=body.is_default, actor=request.actor
    )
    return tagged(_out(row), 201)


@routes.patch("/calendars/{calendar_id}", Scope.ADMIN, Permission.SETTINGS, CalendarOut)
def change_calendar(request: ApiRequest, calendar_id: PathId, body: CalendarChanges) -> HttpResponse:
    """Change when the desk is open. Running clocks are counted anew."""
    row = _held(request, calendar_id)
    wanted = {name: getattr(row, name) for name in ("name", "zone", "week", "is_default")} | body.dict(
        exclude_none=True
    )
    return tagged(_out(actions.save_calendar(row, **wanted, actor=request.actor)))


@routes.delete("/calendars/{calendar_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_calendar(request: ApiRequest, calendar_id: PathId) -> HttpResponse:
    """Take a calendar out of use. Refused while targets are counted by it."""
    actions.archive_calendar(_held(request, calendar_id), actor=request.actor)
    return nothing()


@routes.post("/calendars/{calendar_id}/restoration", Scope.ADMIN, Permission.SETTINGS, CalendarOut, status=200)
def restore_calendar(request: ApiRequest, calendar_id: PathId) -> HttpResponse:
    """Use an archived calendar again."""
    actions.restore_calendar(queries.calendar_by_id(calendar_id), actor=request.actor)
    return tagged(_out(queries.calendar_for(calendar_id)))


@routes.put("/calendars/{calendar_id}/holidays/{day}", Scope.ADMIN, Permission.SETTINGS, CalendarOut)
def set_holiday(request: ApiRequest, calendar_id: PathId, day: Day, body: HolidayIn) -> HttpResponse:
    """Give a date hours of its own."""
    row = _held(request, calendar_id)
    actions.set_holiday(row, day, name=body.name, hours_open=body.hours, actor=request.actor)
    return tagged(_out(queries.calendar_for(calendar_id)))


@routes.delete("/calendars/{calendar_id}/holidays/{day}", Scope.ADMIN, Permission.SETTINGS)
def remove_holiday(request: ApiRequest, calendar_id: PathId, day: Day) -> HttpResponse:
    """Give a date its usual hours again."""
    actions.remove_holiday(_held(request, calendar_id), day, actor=request.actor)
    return nothing()


def _held(request: ApiRequest, calendar_id: int) -> Calendar:
    row = queries.calendar_for(calendar_id)
    guard_shown(request, row, _out)
    return row


def _out(row: Calendar) -> CalendarOut:
    holidays = [HolidayOut(one.day, one.name, one.hours) for one in sorted(row.holidays.all(), key=lambda one: one.day)]
    return CalendarOut(row.pk, row.name, row.zone, row.week, row.is_default, row.archived_at is not None, holidays)
