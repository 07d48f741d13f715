"""What makes a mailbox stop, go on, or look at once."""

from django.http import HttpResponse

from headway.intake.mailboxes import actions, health, queries
from headway.people.rules import Permission, Scope
from headway.web.api.answers import nothing
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import PathId
from headway.web.api.routes import Routes

routes = Routes("Mailboxes")


@routes.put("/mailboxes/{mailbox_id}/pause", Scope.ADMIN, Permission.OPERATE, None, status=204)
def pause_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Stop fetching. What arrives meanwhile is fetched afterwards."""
    actions.pause(queries.one(mailbox_id), actor=request.actor)
    return nothing()


@routes.delete("/mailboxes/{mailbox_id}/pause", Scope.ADMIN, Permission.OPERATE)
def resume_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Fetch again."""
    actions.resume(queries.one(mailbox_id), actor=request.actor)
    return nothing()


@routes.put("/mailboxes/{mailbox_id}/look", Scope.ADMIN, Permission.OPERATE, None, status=204)
def look_at_mailbox(request: ApiRequest, mailbox_id: PathId) -> HttpResponse:
    """Have the worker look at the server within seconds."""
    health.ask(queries.one(mailbox_id).pk)
    return nothing()
