"""Tests of mailboxes: a mail to itself and back."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from headway.intake.email import selftest
from headway.intake.mailboxes import queries
from headway.intake.models import SelfTest
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes

routes = Routes("Mailboxes")


@dataclass(slots=True)
class TestOut:
    """A test of a mailbox. `step`: started, sent, arrived or failed."""

    __test__ = False  # no test of ours

    id: int
    step: str
    error: str
    started_at: datetime
    sent_at: datetime | None
    arrived_at: datetime | None
    plus_arrived_at: datetime | None


@routes.get("/mailboxes/{mailbox_id}/tests", Scope.ADMIN, Permission.OPERATE, Listed[TestOut])
def list_mailbox_tests(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """The newest test of the mailbox, if there was one."""
    latest = selftest.latest(queries.one(mailbox_id))
    return listed(request, [_test(latest)] if latest else [], None)


@routes.post("/mailboxes/{mailbox_id}/tests", Scope.ADMIN, Permission.OPERATE, TestOut)
def test_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Have the mailbox send itself a mail, and watch whether it comes back."""
    return answer(_test(selftest.start(queries.one(mailbox_id), actor=request.actor)), 201)


def _test(test: SelfTest) -> TestOut:
    return TestOut(test.pk, test.step, test.error, test.started_at, test.sent_at, test.arrived_at, test.plus_arrived_at)
