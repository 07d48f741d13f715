"""One's own keys, where to go after acting on a ticket, and how the desk looks to oneself."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.actions import agents
from headway.people.rules.habits import KEYS, LOOKS, Habits, habits_of
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk()
def habits(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `after`, `keys` (single keys count), `key-<usual>` and the looks saves it; `usual` takes all
    back."""
    if request.method == "POST":
        return done(request, "/desk/habits", lambda: _save(request), _("Saved."))
    kept = habits_of(request.user.habits)
    shown = {
        "nav": navigation(request),
        "habits": kept,
        "places": [
            ("next", _("Open the next ticket of the list")),
            ("stay", _("Stay on the ticket")),
            ("list", _("Go back to the list")),
        ],
        "themes": [("", _("Like the system")), ("light", _("Light")), ("dark", _("Dark"))],
        "densities": [("", _("Comfortable")), ("compact", _("Compact"))],
        "motions": [("", _("Like the system")), ("reduce", _("Nothing moves"))],
        "keys": [(usual, words, kept.keys.get(usual, usual)) for usual, words in key_words().items()],
        "notices": notices(request),
    }
    return render(request, "desk/habits.jinja", shown)


@desk()
def look(request: DeskRequest) -> HttpResponse:
    """POST any of `theme`, `density`, `motion`, `side` and `side_width`: kept for every browser of this person."""
    given: dict[str, Any] = {name: request.POST[name] for name in LOOKS if name in request.POST}
    if "side_width" in request.POST:
        width = request.POST["side_width"]
        if not width.isdecimal() or len(width) > 4:
            raise Invalid(_("There is no such look."), field="side_width")
        given["side_width"] = int(width)
    agents.set_habits(request.user, replace(habits_of(request.user.habits), **given), actor=request.user.actor)
    return HttpResponse(status=204)


def key_words() -> dict[str, str]:
    """What each key does, by the usual one."""
    words = (
        _("Next ticket"), _("Ticket before"), _("Choose the ticket; with Shift, all up to it"), _("Search"),
        _("Filters"), _("Save this view"), _("New ticket"), _("Back to the list"), _("Solve or reopen"), _("Reply"),
        _("Note"), _("Macros"), _("Assign"), _("Team"), _("Status"), _("Priority"), _("Tags"), _("Snooze"),
        _("Only this ticket"), _("Customer and details"), _("More"), _("Suspected spam, or not"), _("Mark as unread"),
        _("Follow or unfollow"),
        _("Send later"),
        _("Checklist"),
        _("Keys on this screen"),
        _("Go to your tickets"), _("Go to unassigned"), _("Go to mentions"), _("Go to all open tickets"),
        _("Go to your team"),
        _("Go to waiting on customer"), _("Go to snoozed"), _("Go to solved"), _("Go to everything"),
        _("Go to customers"), _("Go to the outbox"), _("Go to the settings"), _("Go to keys and habits"),
    )  # fmt: skip
    return dict(zip(KEYS, words, strict=True))


def _save(request: DeskRequest) -> None:
    given = request.POST
    usual = "usual" in given
    wanted = Habits(
        after=given.get("after", "next"),
        keys_off="keys" not in given,
        keys={} if usual else {key: _key(given.get(f"key-{key}", "")) or key for key in KEYS},
    )
    kept = habits_of(request.user.habits)
    looks = {name: given.get(name, getattr(kept, name)) for name in LOOKS}
    agents.set_habits(request.user, replace(wanted, **looks, side_width=kept.side_width), actor=request.user.actor)


def _key(written: str) -> str:
    """Two keys may be written with a space between, or without."""
    parts = written.split()
    return " ".join(parts[0] if len(parts) == 1 and len(parts[0]) == 2 else parts)
