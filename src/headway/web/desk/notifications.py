"""The bell: what the reader is told, what they have seen of it, and how they want to hear of things."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from headway.foundation.pages import Page
from headway.notifications import queries
from headway.notifications.actions import choosing, following, telling
from headway.notifications.queries import Told
from headway.notifications.rules import KINDS, REASONS, WAYS
from headway.tickets.queries import ticket_for
from headway.web.desk import navigation
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.notices import done, notices
from headway.web.desk.responses import announce, toast
from headway.web.desk.telling import kind_words, reason_words, sentence, way_words
from headway.web.desk.words import number as number_of

from django.utils.translation import gettext as _  # isort: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One notification in words."""

    id: int
    icon: str
    words: str
    subject: str
    href: str
    at: datetime
    read: bool


ICONS = {"assignment": "assign", "mention": "mention", "reply": "reply", "due": "clock"}


@desk()
def notifications(request: DeskRequest) -> HttpResponse:
    """The list, newest first: a page, or what opens below the bell."""
    found = queries.told(request.user, cursor=request.GET.get("cursor"))
    shown = {"lines": _lines(found), "up_to": queries.newest(request.user), "next": found.next}
    if request.htmx:
        return render(request, "desk/_notifications.jinja", shown)
    return render(
        request,
        "desk/notifications.jinja",
        shown | {"nav": navigation.navigation(request), "notices": notices(request)},
    )


@desk()
def reading(request: DeskRequest) -> HttpResponse:
    """POST `up_to`: everything up to that one is read."""
    telling.read_all(actor=request.user.actor, up_to=number_of(request.POST.get("up_to")) or 0)
    if not request.htmx:
        return done(request, "/desk/notifications", lambda: None)
    return announce(HttpResponse(), bell={"count": queries.unread_count(request.user)}, told={})


@desk()
def news(request: DeskRequest) -> HttpResponse:
    """What came after `after`, for the bell's number and the desktop: words for those that want to stand there."""
    after = number_of(request.GET.get("after"))
    fresh = queries.told(request.user, after=after, limit=5).rows if after is not None else []
    items = [
        {"id": one.id, "title": sentence(one), "body": f"#{one.ticket_id} {one.subject}", "href": _href(one)}
        for one in reversed(fresh)
        if one.on_desktop and not one.read
    ]
    return JsonResponse(
        {"count": queries.unread_count(request.user), "newest": queries.newest(request.user), "items": items}
    )


@desk()
def choices(request: DeskRequest) -> HttpResponse:
    """GET: the form. POST `<kind>` (ways, several) and `follows` (reasons, several) saves it."""
    person = request.user
    if request.method == "POST":
        ways = {kind: request.POST.getlist(kind) for kind in KINDS}
        follows = request.POST.getlist("follows")
        return done(
            request,
            "/desk/notifications/choices",
            lambda: choosing.choose(person, actor=person.actor, ways=ways, follows=follows),
            _("Saved."),
        )
    chosen = queries.choices_of([person.pk])[person.pk]
    shown = {
        "nav": navigation.navigation(request),
        "ways": [(way, way_words(way)) for way in WAYS],
        "kinds": [(kind, kind_words(kind), chosen.of(kind)) for kind in KINDS],
        "reasons": [(reason, reason_words(reason), reason in chosen.follows) for reason in REASONS],
        "notices": notices(request),
    }
    return render(request, "desk/notification_choices.jinja", shown)


@desk()
def follow(request: DeskRequest, number: int) -> HttpResponse:
    """POST: the reader follows the ticket; DELETE: no more."""
    ticket = ticket_for(request.user, number)
    if request.method == "DELETE":
        following.unfollow(ticket, actor=request.user.actor)
        said = _("You hear of it no more, unless somebody mentions you or gives it to you.")
    else:
        following.follow(ticket, actor=request.user.actor)
        said = _("You follow this ticket: you hear of what is said on it.")
    shown = {"ticket": {"id": ticket.pk, "followed": request.method == "POST"}}
    return toast(render(request, "desk/_following.jinja", shown), said)


def _lines(page: Page[Told]) -> list[Line]:
    return [
        Line(one.id, ICONS[one.kind], sentence(one), one.subject, _href(one), one.at, one.read) for one in page.rows
    ]


def _href(one: Told) -> str:
    return f"/desk/tickets/{one.ticket_id}"
