"""An import from the desk or a program before it runs: what is to be brought, received piece by piece, looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.imports import ImportDiscarded, ImportPrepared
from headway.foundation import files, keys
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.insight.sources import catalogue
from headway.moving.actions.leftovers import forget
from headway.moving.models import Piece, Run
from headway.moving.rules import is_system
from headway.moving.sources.kinds import check
from headway.people.permissions import require
from headway.people.rules import Permission

PIECE: Final = 16 * 1024 * 1024  # bytes of a piece as the desk cuts them
MOST_DAYS: Final = 36_500  # a hundred years
_MOST: Final = 50 * 1024**3
_PURPOSE: Final = "import-token"
States = Run.States


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`source` "" is recognised. An `address` (zendesk://acme) with its `token` is fetched; otherwise a file comes.

    `close_after`: of mail, close tickets on which nothing was said for so many days; 0 leaves them as they are.
    """

    source: str = ""
    system: str = ""
    zone: str = "UTC"
    link: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    close_after: int = 0
    file_name: str = ""
    address: str = ""
    token: str = ""


@transaction.atomic
def prepare(plan: Plan, *, actor: Actor) -> Run:
    """Writes down what is to be brought. A file is awaited; an address is looked at. Raises Invalid."""
    require(actor, Permission.SETTINGS)
    _checked(plan)
    address = catalogue.address(plan.address) if plan.address else None
    if plan.address and (address is None or not plan.token):
        raise Invalid(_("Name the help desk like zendesk://acme, and enter its token."), field="address")
    source = address.source.scheme if address else plan.source
    row = Run.objects.create(
        source=source,
        system=plan.system or source,
        state=States.RECEIVING,
        started_by_id=actor.id if actor.kind == "agent" else None,
        started_at=now(),
        options=_options(plan),
        file_name=plan.file_name.replace("\x00", "")[-255:],
        address=plan.address,
        sealed=keys.seal(_PURPOSE, plan.token.encode()) if address else b"",
    )
    journal.record(ImportPrepared(subject_id=row.pk, fetched=address is not None), actor=actor)
    if address:
        _look(row)
    return row


@transaction.atomic
def receive(run: Run, offset: int, data: bytes, *, actor: Actor) -> Run:
    """One piece of the file, behind the `offset` bytes that are here. Raises Conflict for any other place."""
    require(actor, Permission.SETTINGS)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state != States.RECEIVING or row.address:
        raise Conflict(_("This import awaits no file."))
    if offset != row.size:
        raise Conflict(_("The next piece begins at byte %(size)s.") % {"size": row.size}, size=row.size)
    if row.size + len(data) > _MOST:
        raise Invalid(_("The file is larger than 50 gigabytes. Bring it in parts."))
    blob = files.put(data)
    Piece.objects.create(run=row, offset=offset, sha256=blob.sha256, size=blob.size)
    row.size += blob.size
    row.save(update_fields=["size"])
    return row


@transaction.atomic
def look(run: Run, plan: Plan | None = None, *, actor: Actor) -> Run:
    """Asks for a dry run of what is here, read as the plan says; a job does it. Raises Conflict and Invalid."""
    require(actor, Permission.SETTINGS)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state not in (States.RECEIVING, States.READY):
        raise Conflict(_("This import has begun already."))
    if not (row.size or row.address):
        raise Invalid(_("The file is empty. Choose another one."), field="file")
    if plan is not None:
        _checked(plan)
        row.source, row.system, row.options = plan.source, plan.system or plan.source, _options(plan)
    _look(row)
    return row


@transaction.atomic
def discard(run: Run, *, actor: Actor) -> None:
    """Deletes what was uploaded or entered. What was brought already stays. Raises Conflict while it is at work."""
    require(actor, Permission.SETTINGS)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state in (States.CHECKING, States.WAITING, States.RUNNING):
        raise Conflict(_("This import is at work. Stop it first."))
    journal.record(ImportDiscarded(subject_id=row.pk), actor=actor)
    forget(row)
    if row.state in (States.RECEIVING, States.READY):
        row.delete()


def token_of(run: Run) -> str:
    """What the old system wants to see."""
    return keys.unseal(_PURPOSE, bytes(run.sealed)).decode()


def _look(row: Run) -> None:
    from headway.moving.tasks import check as check_later

    row.state, row.told = States.CHECKING, {}
    row.save(update_fields=["state", "told", "source", "system", "options"])
    check_later.defer(lock=f"moving.check:{row.pk}", run_id=row.pk)


def _checked(plan: Plan) -> None:
    if plan.source:
        check(plan.source)
    if plan.system and not is_system(plan.system):
        text = _("A system's name is up to 40 small letters, digits, dots, hyphens and underscores.")
        raise Invalid(text, field="system")
    if plan.link and ("{id}" not in plan.link or not plan.link.startswith(("https://", "http://"))):
        raise Invalid(_("An address with {id} where a ticket's number stands."), field="link")
    if not 0 <= plan.close_after <= MOST_DAYS:
        raise Invalid(_("A whole number of days, or nothing."), field="close_after")
    try:
        ZoneInfo(plan.zone)
    except Exception as error:
        raise Invalid(_("There is no such time zone. They are named like Europe/Berlin."), field="zone") from error


def _options(plan: Plan) -> dict[str, Any]:
    return {"zone": plan.zone, "columns": dict(plan.columns), "link": plan.link[:500], "close_after": plan.close_after}
