"""Targets: how soon responses come, by channel and priority; and what that means for a given moment."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.rules import Permission
from headway.sla import actions, queries
from headway.sla.models import Target
from headway.sla.rules import spans
from headway.tickets.models import Ticket
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices
from headway.web.desk.settings.due import CHANNELS, PRIORITIES, preview
from headway.web.desk.settings.form import Form
from headway.web.desk.story import channel_words, priority_words
from headway.web.desk.words import number as number_of

PAGE = "/desk/settings/targets"


@desk(Permission.SETTINGS)
def targets(request: DeskRequest) -> HttpResponse:
    """The targets, the more particular first within each channel, with a preview. POST adds or replaces one."""
    form = Form({"channel": "", "priority": "", "first": "", "next": "", "calendar": ""})
    if request.method == "POST":
        typed = form.read(request)
        if saved := form.save(
            request, lambda: _set(request, typed), PAGE, _("Saved. Running clocks are counted anew.")
        ):
            return saved
    shown = {
        "nav": navigation(request), "notices": notices(request), "form": form,
        "targets": [_row(target) for target in queries.targets()],
        "channels": [("", _("Any channel"))] + [(name, channel_words(name)) for name in CHANNELS],
        "priorities": [("", _("Any priority"))] + [(n, priority_words(word)) for n, word in enumerate(PRIORITIES, 1)],
        "calendars": [("", _("The default hours"))] + [(one.pk, one.name) for one in queries.calendars()],
        **preview(request),
    }  # fmt: skip
    return render(request, "desk/settings/targets.jinja", shown, status=form.status)


@desk(Permission.SETTINGS)
def target(request: DeskRequest, target_id: int) -> HttpResponse:
    """POST removes a target: its tickets fall to the next more general one."""
    row = queries.target_for(target_id)
    return done(request, PAGE, lambda: actions.remove_target(row, actor=request.user.actor), _("Removed."))


def _set(request: DeskRequest, typed: dict[str, str]) -> None:
    calendar = next((one for one in queries.calendars() if str(one.pk) == typed["calendar"]), None)
    actions.set_target(
        channel=typed["channel"] if typed["channel"] in CHANNELS else "",
        priority=number_of(typed["priority"]),
        first_minutes=_minutes(typed["first"], "first"),
        next_minutes=_minutes(typed["next"], "next"),
        calendar=calendar,
        actor=request.user.actor,
    )


def _minutes(written: str, field: str) -> int | None:
    if not written:
        return None
    found = spans.minutes(written)
    if found is None or found > actions.LONGEST:
        raise Invalid(_("Write a span like 45 min or 4 h, or leave it empty to promise nothing."), field=field)
    return found


def _row(target: Target) -> dict[str, object]:
    priority = Ticket.Priorities(target.priority).name.lower() if target.priority else ""
    return {
        "id": target.pk,
        "channel": channel_words(target.channel) if target.channel else _("Any channel"),
        "priority": priority_words(priority) if priority else _("Any priority"),
        "first": _span(target.first_minutes),
        "next": _span(target.next_minutes),
        "calendar": target.calendar.name if target.calendar else "",
    }


def _span(minutes: int | None) -> str:
    return _("nothing promised") if minutes is None else spans.written(minutes)
