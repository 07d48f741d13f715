"""If-Match: a change that was decided on an older state is refused, not lost (RFC 9110, 13.1.1)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from headway.people.models import Customer
from headway.people.queries import customers
from headway.settings.models import Workspace
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.web.api.answers import tag_of
from headway.web.api.door import ApiRequest
from headway.web.api.problems import Refused

Row = TypeVar("Row", bound=Model)


def expected(request: ApiRequest) -> int | None:
    """The version in If-Match; None when any will do. Raises Refused for what is no version of ours."""
    tag = _tag(request)
    if tag is None:
        return None
    if not tag.isascii() or not tag.isdigit() or len(tag) > 9:
        raise _stale()
    return int(tag)


def guard(request: ApiRequest, ticket: Ticket) -> None:
    """Holds the ticket at the version the request names, until its change is done. Raises Conflict and Refused."""
    version = expected(request)
    if version is not None:
        actions.unchanged(ticket, version)


def guard_customer(request: ApiRequest, customer: Customer) -> None:
    """The same for a customer. Raises Refused."""
    version = expected(request)
    if version is not None and customers.locked_version(customer.pk) != version:
        raise _stale()


def guard_settings(request: ApiRequest) -> None:
    """The same for the workspace's settings. Raises Refused."""
    version = expected(request)
    if version is not None:
        row = Workspace.objects.select_for_update().filter(id=1).first()
        if (row.version if row else 0) != version:
            raise _stale()


def guard_shown(request: ApiRequest, row: Row, show: Callable[[Row], Any]) -> None:
    """The same for what has no version: its present state, as `show` makes it, is what counts. Raises Refused."""
    tag = _tag(request)
    if tag is None:
        return
    held = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001
    if held is None or tag != tag_of(show(held)):
        raise _stale()


def _tag(request: ApiRequest) -> str | None:
    given = str(request.META.get("HTTP_IF_MATCH", "")).strip()
    if not given or given == "*":
        return None
    if len(given) < 2 or not given.startswith('"') or not given.endswith('"'):
        raise _stale()
    return given[1:-1]


def _stale() -> Refused:
    return Refused(412, "stale", _("This has changed since you read it. Read it again, then try again."))
