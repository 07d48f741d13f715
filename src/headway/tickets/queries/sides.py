"""Reading side conversations, for people who were let through to their ticket."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.foundation.together import Asked, Rows, rows_of
from headway.people.models import Agent
from headway.tickets.models import SideConversation, SideFile, SideMessage, Ticket
from headway.tickets.queries.conversation import FileRow
from headway.tickets.queries.visibility import sane, visible_to


@dataclass(frozen=True, slots=True)
class SideRow:
    """A side conversation in a list. `answered_at`: when the answer came that nobody has answered or closed yet."""

    id: int
    ticket_id: int
    subject: str
    people: list[str]
    started_at: datetime
    active_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideTurn:
    """A message of one. Of ours it has an agent, of theirs an address and the name it gave itself."""

    id: int
    direction: str
    agent_id: int | None
    agent: str
    address: str
    name: str
    at: datetime
    text: str
    quoted: str
    automatic: bool
    held: bool
    files: list[FileRow] = field(default_factory=list)


_COLUMNS = ("pk", "ticket_id", "subject", "people", "started_at", "active_at", "answered_at", "closed_at")


def sides_on(ticket: Ticket) -> Asked[list[SideRow]]:
    """Those of a ticket: what was answered first, then by what was said last, closed ones at the end."""
    times = tuple(name for name in _COLUMNS if name.endswith("_at"))
    return rows_of(SideConversation.objects.filter(ticket=ticket), _COLUMNS, _sorted, times)


def sides_of(ticket: Ticket) -> list[SideRow]:
    """The same, now. One query."""
    return sides_on(ticket).now()


def _sorted(found: Rows) -> list[SideRow]:
    rows = [SideRow(*values) for values in found]
    return sorted(
        rows, key=lambda row: (row.closed_at is not None, row.answered_at is None, -row.active_at.timestamp())
    )


def side_for(agent: Agent, side_id: int) -> SideConversation:
    """One of a ticket the person may see. Raises NotFound."""
    found = SideConversation.objects.select_related("ticket").filter(
        pk=sane(side_id), ticket__in=visible_to(agent).values("pk")
    )
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such side conversation, or you may not see it."))
    return row


def side_message_for(agent: Agent, message_id: int) -> SideMessage:
    """One message of a side conversation the person may see. Raises NotFound."""
    found = SideMessage.objects.select_related("side__ticket").filter(
        pk=sane(message_id), side__ticket__in=visible_to(agent).values("pk")
    )
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such message, or you may not see it."))
    return row


def side_file_for(agent: Agent, message_id: int, file_id: int) -> SideFile:
    """An attachment there. Raises NotFound."""
    row = side_message_for(agent, message_id).files.filter(pk=sane(file_id)).first()
    if row is None:
        raise NotFound(_("There is no such file, or you may not see it."))
    return row


def side_turns(side: SideConversation) -> list[SideTurn]:
    """What was said in it, oldest first. Two queries."""
    rows = SideMessage.objects.filter(side=side).select_related("agent").prefetch_related("files").order_by("at", "pk")
    return [
        SideTurn(
            id=row.pk, direction=row.direction, agent_id=row.agent_id, agent=row.agent.name if row.agent else "",
            address=row.address, name=row.name, at=row.at, text=row.text, quoted=row.quoted, automatic=row.automatic,
            held=row.held,
            files=[FileRow(one.pk, one.sha256, one.name, one.media_type, one.size) for one in row.files.all()],
        )
        for row in rows
    ]  # fmt: skip
