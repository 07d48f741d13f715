"""What happens to tickets."""

from dataclasses import dataclass
from typing import ClassVar

from headway.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent(Event):
    """Something that happened to one ticket."""

    subject_kind: ClassVar[str] = "ticket"
    subject_field: ClassVar[str] = "ticket_id"
    ticket_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCreated(TicketEvent):
    """A ticket began: by a customer's message, by an agent, by a split, or as a follow-up of a closed one."""

    kind: ClassVar[str] = "ticket.created"
    channel: str
    customer_id: int | None = None
    brand_id: int | None = None
    type_id: int | None = None
    priority: str = "normal"
    follow_up_of: int | None = None
    split_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChanged(TicketEvent):
    """The ticket got another subject line."""

    kind: ClassVar[str] = "ticket.subject_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged(TicketEvent):
    """The ticket moved to another status. Categories say what that means whatever a workspace calls its statuses."""

    kind: ClassVar[str] = "ticket.status_changed"
    from_status: int
    from_category: str
    to_status: int
    to_category: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTakenBack(TicketEvent):
    """Whoever moved the ticket to another status took that back.

    `undone_ids`: the entries of the journal that count no more: the move, and that it solved or reopened the ticket.
    The move back is a status change with the reason "undo".
    """

    kind: ClassVar[str] = "ticket.move_taken_back"
    undone_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSolved(TicketEvent):
    """The ticket was solved. Recorded beside the status change that did it."""

    kind: ClassVar[str] = "ticket.solved"
    status_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(TicketEvent):
    """A solved ticket is unsolved again."""

    kind: ClassVar[str] = "ticket.reopened"
    from_category: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(TicketEvent):
    """The ticket is closed for good; a later message starts a linked one."""

    kind: ClassVar[str] = "ticket.closed"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityChanged(TicketEvent):
    """The ticket's priority changed."""

    kind: ClassVar[str] = "ticket.priority_changed"
    from_priority: str
    to_priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAssigned(TicketEvent):
    """The ticket got another assignee, or none."""

    kind: ClassVar[str] = "ticket.assigned"
    from_agent: int | None
    to_agent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamChanged(TicketEvent):
    """The ticket went to another team, or none."""

    kind: ClassVar[str] = "ticket.team_changed"
    from_team: int | None
    to_team: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChanged(TicketEvent):
    """The ticket got another type, and with it other fields."""

    kind: ClassVar[str] = "ticket.type_changed"
    from_type: int | None
    to_type: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsChanged(TicketEvent):
    """Custom fields of the ticket were set. Values stay out of the journal."""

    kind: ClassVar[str] = "ticket.fields_changed"
    field_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTagged(TicketEvent):
    """Tags were put on the ticket."""

    kind: ClassVar[str] = "ticket.tagged"
    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketUntagged(TicketEvent):
    """Tags were taken off the ticket."""

    kind: ClassVar[str] = "ticket.untagged"
    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterChanged(TicketEvent):
    """The ticket belongs to another customer."""

    kind: ClassVar[str] = "ticket.requester_changed"
    from_customer: int | None
    to_customer: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSnoozed(TicketEvent):
    """The ticket is out of sight until a time (milliseconds since 1970) or a customer's reply."""

    kind: ClassVar[str] = "ticket.snoozed"
    until_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWoken(TicketEvent):
    """A snoozed ticket came back."""

    kind: ClassVar[str] = "ticket.woken"
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsLinked(TicketEvent):
    """The ticket was linked to another."""

    kind: ClassVar[str] = "ticket.linked"
    other_id: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketsUnlinked(TicketEvent):
    """A link to another ticket was removed."""

    kind: ClassVar[str] = "ticket.unlinked"
    other_id: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketMerged(TicketEvent):
    """The ticket was merged into another and lives on there."""

    kind: ClassVar[str] = "ticket.merged"
    into_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketAbsorbed(TicketEvent):
    """The ticket took in another one."""

    kind: ClassVar[str] = "ticket.absorbed"
    merged_id: int
    message_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSplit(TicketEvent):
    """Messages of the ticket went to a new one."""

    kind: ClassVar[str] = "ticket.split"
    new_id: int
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSuspected(TicketEvent):
    """The ticket is suspected to be spam and stands apart from everything.

    `by`: agent, automation, channel, or sender_rule, whose number then is `rule_id`.
    """

    kind: ClassVar[str] = "ticket.suspected"
    by: str
    rule_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCleared(TicketEvent):
    """The ticket is no spam after all."""

    kind: ClassVar[str] = "ticket.cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(TicketEvent):
    """The customer has been silent for as long as the workspace waits before reminding."""

    kind: ClassVar[str] = "ticket.reminder_due"
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRated(TicketEvent):
    """The customer rated the ticket."""

    kind: ClassVar[str] = "ticket.rated"
    scale: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRedacted(TicketEvent):
    """Somebody who was erased was taken out of a ticket that is not theirs alone."""

    kind: ClassVar[str] = "ticket.redacted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilesErased(TicketEvent):
    """The ticket's attachments were erased; what was said stays."""

    kind: ClassVar[str] = "ticket.files_erased"
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWorked(TicketEvent):
    """Somebody had the ticket in front of them, focused and used, for so long in one visit; recorded after its end."""

    kind: ClassVar[str] = "ticket.worked"
    active_ms: int
