"""One's own keys, and where to go after acting on a ticket."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.people.actions import agents
from headway.people.rules.habits import KEYS
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices


@desk()
def habits(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `after`, `keys` (single keys count) and `key-<usual>` saves it; `usual` takes all back."""
    person = request.user
    if request.method == "POST":
        return done(request, "/desk/habits", lambda: _save(request), _("Saved."))
    chosen = person.habits.get("keys", {})
    shown = {
        "nav": navigation(request),
        "after": person.habits.get("after", "stay"),
        "places": [
            ("stay", _("Stay on the ticket")),
            ("next", _("Open the next ticket of the list")),
            ("list", _("Go back to the list")),
        ],
        "keys_on": not person.habits.get("keys_off", False),
        "keys": [(usual, words, chosen.get(usual, usual)) for usual, words in key_words().items()],
        "notices": notices(request),
    }
    return render(request, "desk/habits.jinja", shown)


def key_words() -> dict[str, str]:
    """What each key does, by the usual one."""
    words = (
        _("Next ticket"), _("Ticket before"), _("Choose the ticket; with Shift, all up to it"), _("Search"),
        _("Filters"), _("Save this view"), _("New ticket"), _("Back to the list"), _("Solve or reopen"), _("Reply"),
        _("Note"), _("Macros"), _("Assign"), _("Status"), _("Priority"), _("Tags"), _("Snooze"),
        _("Customer and details"), _("More"), _("Suspected spam, or not"), _("Mark as unread"), _("Follow or unfollow"),
        _("Keys on this screen"),
    )  # fmt: skip
    return dict(zip(KEYS, words, strict=True))


def _save(request: DeskRequest) -> None:
    usual = "usual" in request.POST
    keys = {} if usual else {key: request.POST.get(f"key-{key}", key).strip() or key for key in KEYS}
    agents.set_habits(
        request.user,
        actor=request.user.actor,
        after=request.POST.get("after", "stay"),
        keys_off="keys" not in request.POST,
        keys=keys,
    )
