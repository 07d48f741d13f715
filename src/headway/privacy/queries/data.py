"""Everything that is theirs of one customer, for the archive they are given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from headway.intake.models import RawMail
from headway.people.models import Customer, Identity
from headway.people.queries.customers import family
from headway.tickets.models import Message, MessageFile, Note, NoteFile, Rating, Ticket
from headway.tickets.queries.checklist import checklist_of


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the archive: where it lies in it, and under which hash it is kept."""

    path: str
    sha256: str


def person(customer: Customer) -> dict[str, Any]:
    """Who they are to us. Three queries."""
    ids = family(customer)
    known = Identity.objects.filter(customer_id__in=ids).order_by("pk")
    return {
        "name": customer.name,
        "organisation": customer.organisation.name if customer.organisation else None,
        "language": customer.language,
        "timezone": customer.timezone,
        "facts": customer.facts,
        "first_seen": customer.created_at.isoformat(),
        "reached_by": [
            {"kind": one.kind, "value": one.value, "verified_at": one.verified_at and one.verified_at.isoformat()}
            for one in known
        ],
    }


def ticket_ids(customer: Customer) -> list[int]:
    """Their tickets, and those of others on which they wrote. Three queries."""
    ids = family(customer)
    found = set(Ticket.objects.filter(customer_id__in=ids).values_list("pk", flat=True))
    found |= set(Message.objects.filter(customer_id__in=ids).values_list("ticket_id", flat=True))
    return sorted(found)


def ticket(customer_ids: list[int], ticket_id: int) -> tuple[dict[str, Any], list[Stored]]:
    """One ticket as the archive has it, with its files. Of a ticket that is not theirs alone only what they wrote
    themselves: the rest is others' too. At most seven queries."""
    row = Ticket.objects.select_related("status").get(pk=ticket_id)
    said = Message.objects.filter(ticket=row, withdrawn_at__isnull=True).order_by("at", "pk")
    strangers = said.filter(customer__isnull=False).exclude(customer_id__in=customer_ids).exists()
    whole = row.customer_id in customer_ids and not strangers
    if not whole:
        said = said.filter(customer_id__in=customer_ids)
    messages = list(said.prefetch_related("files"))
    stored = [_file(ticket_id, "message", one.pk, file) for one in messages for file in one.files.all()]
    notes = list(Note.objects.filter(ticket=row).order_by("at", "pk").prefetch_related("files")) if whole else []
    stored += [_file(ticket_id, "note", one.pk, file) for one in notes for file in one.files.all()]
    written = [one.pk for one in messages if one.customer_id in customer_ids]
    mails = RawMail.objects.filter(message_id__in=written).exclude(state=RawMail.States.ERASED).order_by("pk")
    stored += [Stored(f"mails/{ticket_id}/{pk}.eml", sha256) for pk, sha256 in mails.values_list("pk", "sha256")]
    told: dict[str, Any] = {
        "number": row.pk,
        "theirs_alone": whole,
        "subject": row.subject,
        "status": row.status.name,
        "channel": row.channel,
        "created_at": row.created_at.isoformat(),
        "fields": row.fields if whole else {},
        "messages": [_message(one, customer_ids) for one in messages],
        "notes": [{"at": one.at.isoformat(), "text": one.text} for one in notes],
        "checklist": _checklist(row) if whole else [],
        "ratings": _ratings(row) if whole else [],
    }
    return told, stored


def _message(one: Message, customer_ids: list[int]) -> dict[str, Any]:
    return {
        "id": one.pk,
        "at": one.at.isoformat(),
        "from": "customer" if one.customer_id in customer_ids else "team",
        "channel": one.channel,
        "text": one.text,
        "quoted": one.quoted,
        "copied": one.copied,
        "files": [file.name for file in one.files.all()],
    }


def _checklist(row: Ticket) -> list[dict[str, Any]]:
    return [{"text": one.text, "done_at": one.done_at and one.done_at.isoformat()} for one in checklist_of(row.pk)]


def _ratings(row: Ticket) -> list[dict[str, Any]]:
    rated = Rating.objects.filter(ticket=row).order_by("at")
    return [{"scale": one.scale, "score": one.score, "comment": one.comment} for one in rated]


def _file(ticket_id: int, kind: str, of: int, file: MessageFile | NoteFile) -> Stored:
    safe = (
        "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in file.name).strip(". ") or "file"
    )
    return Stored(f"attachments/{ticket_id}/{kind}-{of}-{file.pk}-{safe[-100:]}", file.sha256)


def in_steps(customer: Customer) -> Iterator[tuple[dict[str, Any], list[Stored]]]:
    """Ticket after ticket, the oldest first."""
    ids = family(customer)
    for ticket_id in ticket_ids(customer):
        yield ticket(ids, ticket_id)
