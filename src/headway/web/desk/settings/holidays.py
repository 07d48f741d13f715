"""Dates with hours of their own."""

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.sla import actions, queries
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.notices import done
from headway.web.desk.settings.calendars import PAGE, shown, values
from headway.web.desk.settings.form import Form


@desk(Permission.SETTINGS)
def holidays(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """POST `day`, `called` and `hours` gives a date hours of its own; POST `remove` (a date) takes them away."""
    row = queries.calendar_for(calendar_id)
    here, actor = f"{PAGE}/{row.pk}", request.user.actor
    if gone := parse_date(request.POST.get("remove", "")[:10]):
        return done(
            request, here, lambda: actions.remove_holiday(row, gone, actor=actor), _("Its usual hours are back.")
        )
    form = Form({"day": "", "called": "", "hours": ""})
    typed = form.read(request)

    def save() -> None:
        try:
            day = parse_date(typed["day"])
        except ValueError:
            day = None
        if day is None:
            raise Invalid(_("Choose a date."), field="day")
        actions.set_holiday(row, day, name=typed["called"][:80], hours_open=typed["hours"], actor=actor)

    if saved := form.save(request, save, here, _("Saved.")):
        return saved
    form.values |= values(row)
    return shown(request, row, form)
