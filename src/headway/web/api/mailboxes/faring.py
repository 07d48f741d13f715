"""How mailboxes fare."""

from dataclasses import dataclass

from django.http import HttpResponse

from headway.intake.mailboxes import queries
from headway.intake.mailboxes.queries import Health
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, answer, listed
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes

routes = Routes("Mailboxes")


@dataclass(slots=True)
class MailboxRow:
    """A mailbox in the list. `state`: working, waiting (for the first look), paused, failing or silent. `verifies`:
    whether its server vouches for senders, null while too few mails have come to say."""

    id: int
    address: str
    brand_id: int
    login: str
    state: str
    verifies: bool | None
    health: Health


@routes.get("/mailboxes", Scope.ADMIN, Permission.OPERATE, Listed[MailboxRow])
def list_mailboxes(request: ApiRequest) -> HttpResponse:
    """The connected mailboxes by address, with how they fare."""
    return listed(request, [_row(row) for row in queries.listed()], None)


@routes.get("/mailboxes/{mailbox_id}/health", Scope.ADMIN, Permission.OPERATE, MailboxRow)
def read_mailbox_health(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """How one mailbox fares at this moment."""
    return answer(_row(queries.health(mailbox_id)))


def _row(row: queries.Listed) -> MailboxRow:
    return MailboxRow(row.id, row.address, row.brand_id, row.login, row.state, row.verifies, row.health)
