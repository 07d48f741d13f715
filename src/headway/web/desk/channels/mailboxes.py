"""Channels: every mailbox with its state, and what may be done to it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.intake.mailboxes import actions, health, queries
from headway.intake.models import Mailbox
from headway.intake.queries import arrivals
from headway.people.rules import Permission
from headway.settings import queries as settings
from headway.tickets.queries.scheduled import held_back
from headway.web.desk.channels.states import line
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.channels.words import source_words
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import done, notices

PAGE = "/desk/mailboxes"
_OTHER_WAYS = ("pipe", "listener")


@desk(Permission.OPERATE)
def mailboxes(request: DeskRequest) -> HttpResponse:
    """The mailboxes by address, and when mail last came by other ways. The page looks again every 15 seconds."""
    latest = arrivals.latest()
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        # what needs somebody first; otherwise by address
        "rows": sorted((line(row) for row in queries.listed()), key=lambda row: not row.is_down),
        "others": [(source_words(way, {}), latest[way]) for way in _OTHER_WAYS if way in latest],
        "unread": arrivals.unread(),
    }
    return render(request, "desk/channels/mailboxes.jinja", shown)


@desk(Permission.OPERATE)
def pause(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST stops the fetching of a mailbox."""
    said = _("Paused. Mail waits on the server; resume it to fetch what came.")
    return _do(request, mailbox_id, actions.pause, said)


@desk(Permission.OPERATE)
def resumption(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST fetches a paused mailbox again."""
    return _do(request, mailbox_id, actions.resume, _("Resumed. What came in between is fetched now."))


@desk(Permission.OPERATE)
def look(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST has the worker look at the server at once."""
    row = queries.one(mailbox_id)
    return done(
        request, PAGE, lambda: health.ask(row.pk), _("The worker looks at it within seconds; the state follows.")
    )


@desk(Permission.OPERATE)
def removal(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """POST disconnects a mailbox and erases its password."""
    said = _("Disconnected. Its password is erased; tickets and mails stay, and so does the mailbox at its server.")
    return _do(request, mailbox_id, actions.archive, said)


@desk()
def trouble(request: DeskRequest) -> HttpResponse:
    """The banners of every screen: channels that are down, unless the workspace is held, and the reader's own replies
    that were held back.

    Two queries.
    """
    down = [] if settings.is_held() else queries.down()
    key = ",".join(f"{one.id}{one.way}{int(one.since.timestamp()) if one.since else 0}" for one in down)
    shown = {"down": down, "key": key, "may_repair": request.user.may(Permission.OPERATE)}
    return render(request, "desk/channels/_trouble.jinja", shown | {"held_back": held_back(request.user)})


def _do(request: DeskRequest, mailbox_id: int, verb: Callable[..., Mailbox], said: str) -> HttpResponse:
    row, actor = queries.one(mailbox_id), request.user.actor
    return done(request, PAGE, lambda: _by(verb, row, actor), said)


def _by(verb: Callable[..., Mailbox], row: Mailbox, actor: Actor) -> Mailbox:
    return verb(row, actor=actor)
