"""Connecting, changing and disconnecting mailboxes."""

from django.http import HttpResponse

from headway.intake.mailboxes import actions, queries
from headway.intake.models import Mailbox
from headway.people.rules import Permission, Scope
from headway.web.api import known
from headway.web.api.answers import nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.mailboxes.asked import MailboxChanges, MailboxIn, given
from headway.web.api.mailboxes.shown import MailboxOut, shown
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Mailboxes")


@routes.post("/mailboxes", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def connect_mailbox(request: ApiRequest, body: MailboxIn) -> HttpResponse:
    """Connect a mailbox. Mail that is there already is not taken."""
    fields, secrets = given(body)
    row = actions.connect(
        address=body.address, brand=known.brand(body.brand_id), actor=request.actor, login=body.login,
        secrets=secrets or {}, **fields,
    )  # fmt: skip
    return tagged(shown(queries.one(row.pk)), 201, location=f"/mailboxes/{row.pk}")


@routes.get("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def read_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """One mailbox with how it is reached; how it fares stands apart, because it changes by itself."""
    return tagged(shown(queries.one(mailbox_id)))


@routes.patch("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE, MailboxOut)
def change_mailbox(request: ApiRequest, mailbox_id: PathId, body: MailboxChanges) -> HttpResponse:
    """Change how a mailbox is reached, what its mails look like, or whom it believes."""
    fields, secrets = given(body)
    actions.change(_held(request, mailbox_id), actor=request.actor, secrets=secrets, **fields)
    return tagged(shown(queries.one(mailbox_id)))


@routes.delete("/mailboxes/{mailbox_id}", Scope.ADMIN, Permission.OPERATE)
def disconnect_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Disconnect the mailbox and erase its secrets; its tickets stay."""
    actions.archive(_held(request, mailbox_id), actor=request.actor)
    return nothing()


def _held(request: ApiRequest, mailbox_id: int) -> Mailbox:
    row = queries.one(mailbox_id)
    guard_shown(request, row, lambda held: shown(queries.one(held.pk)))
    return row
