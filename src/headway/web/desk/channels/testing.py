"""The test of a mailbox: both sign-ins, then a mail by it to itself and back, watched step by step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import HeadwayError
from headway.intake.email import selftest
from headway.intake.mailboxes import queries, trying
from headway.intake.mailboxes.trying import Tried
from headway.intake.models import Mailbox, SelfTest
from headway.people.rules import Permission
from headway.web.desk.channels.mailboxes import PAGE
from headway.web.desk.channels.tabs import tabs
from headway.web.desk.door import DeskRequest, desk
from headway.web.desk.navigation import navigation
from headway.web.desk.notices import notices

# So long the page waits for the copy that was sent to the plus-address, once the other has arrived.
_PLUS_WAIT = timedelta(seconds=60)
RUNNING = (SelfTest.Steps.STARTED, SelfTest.Steps.SENT)


@dataclass(frozen=True, slots=True)
class Progress:
    """A station of the test. `state`: done, waiting, failed or missing."""

    words: str
    state: str
    at: datetime | None = None


@desk(Permission.OPERATE)
def test(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """GET shows the newest test and follows it while it runs. POST tries both sign-ins and begins a test."""
    row = queries.one(mailbox_id)
    tried: list[Tried] = []
    refusal = ""
    if request.method == "POST":
        try:
            tried = trying.both(row)
            if all(one.worked for one in tried):
                selftest.start(row, actor=request.user.actor)
        except HeadwayError as error:
            refusal = error.message
    latest = selftest.latest(row)
    shown = {
        "nav": navigation(request),
        "tabs": tabs(request, PAGE),
        "notices": notices(request),
        "mailbox": row,
        "address": row.address.address,
        "brand": row.address.brand.name,
        "first": "first" in request.GET,
        "tried": tried,
        "refusal": refusal,
        "test": latest,
        "stations": stations(latest) if latest else [],
        "follows": latest is not None and follows(latest),
        "works": latest is not None and latest.arrived_at is not None,
        "texts": bool(row.signature or row.acknowledgement),
        "trusted": bool(row.trusted_servers),
        "begin": "first" in request.GET and latest is None and not refusal and request.method == "GET",
    }
    return render(request, "desk/channels/test.jinja", shown)


def follows(found: SelfTest) -> bool:
    """Whether something of the test is still to come."""
    if found.step in RUNNING:
        return True
    waits = found.arrived_at is not None and found.plus_arrived_at is None
    return waits and found.arrived_at is not None and now() - found.arrived_at < _PLUS_WAIT


def stations(found: SelfTest) -> list[Progress]:
    """What was done and what is waited for."""
    failed = found.step == SelfTest.Steps.FAILED
    sent = found.step in (SelfTest.Steps.SENT, SelfTest.Steps.ARRIVED)
    steps = [
        Progress(_("A mail left"), "done" if sent else "failed" if failed else "waiting", found.sent_at),
        Progress(
            _("It came back"), "done" if found.arrived_at else "failed" if failed else "waiting", found.arrived_at
        ),
    ]
    if found.arrived_at:
        steps.append(_plus(found))
    return steps


def _plus(found: SelfTest) -> Progress:
    if found.plus_arrived_at:
        words = _("The copy to its plus-address came back too: answers are matched to their tickets by address")
        return Progress(words, "done", found.plus_arrived_at)
    if follows(found):
        return Progress(_("The copy to its plus-address is on its way"), "waiting")
    words = _("The copy to its plus-address did not come back: answers are matched to their tickets by their headers")
    return Progress(words, "missing")


def after_connecting(row: Mailbox) -> str:
    """The page that follows a new connection: the test, begun by itself."""
    return f"{PAGE}/{row.pk}/test?first=1"
