"""What the rules of threading need to know about many mails at once."""

from collections.abc import Sequence

from django.db import connection

from headway.foundation import keys as secrets
from headway.intake.email import keys, threading, tokens
from headway.intake.email.mail import Address, ParsedMail
from headway.intake.email.threading import Facts, Place
from headway.intake.models import Awaited, MailId
from headway.tickets.models import SideConversation, Ticket

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('headway.intake.place'))"

_PARTICIPANTS = """
SELECT m.ticket_id, i.value FROM tickets_message m JOIN people_identity i ON i.customer_id = m.customer_id
WHERE m.ticket_id = ANY(%(ids)s) AND NOT m.held AND i.kind = 'email'
UNION
SELECT t.id, i.value FROM tickets_ticket t JOIN people_identity i ON i.customer_id = t.customer_id
WHERE t.id = ANY(%(ids)s) AND i.kind = 'email'
UNION
SELECT m.ticket_id, lower(d.address) FROM intake_delivery d JOIN tickets_message m ON m.id = d.message_id
WHERE m.ticket_id = ANY(%(ids)s)
"""
# side conversations, which have negative numbers here
_BESIDE = """
SELECT -s.id, lower(people.address) FROM tickets_sideconversation s,
    jsonb_array_elements_text(s.people) AS people(address) WHERE -s.id = ANY(%(ids)s)
UNION
SELECT -m.side_id, lower(m.address) FROM tickets_sidemessage m WHERE -m.side_id = ANY(%(ids)s) AND m.direction = 'in'
    AND NOT m.held AND m.address <> ''
"""
_DOMAINS = """
SELECT t.id, lower(d.domain) FROM tickets_ticket t
JOIN people_organisationdomain d ON d.organisation_id = t.organisation_id WHERE t.id = ANY(%s)
"""


def take_turns() -> None:
    """Waits until no other transaction places mails: a reply and its original must not overlook each other."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def token_key() -> bytes:
    """The key that signs reply addresses."""
    return secrets.derive("intake.reply-token")


def facts_of(mails: Sequence[ParsedMail], *, trusted: bool) -> list[Facts]:
    """The facts for each mail. Five queries, however many mails."""
    wanted = {keys.of_id(one): one for mail in mails for one in threading.candidates(mail)}
    rows = MailId.objects.filter(key__in=list(wanted)).order_by("-pk")
    places: dict[str, Place] = {}
    for hashed, ticket_id, side_id, bulk in rows.values_list("key", "message__ticket_id", "side__side_id", "bulk"):
        # history that is brought in joins tickets only
        if not (side_id and trusted):
            places[wanted[hashed]] = Place(-side_id if side_id else ticket_id, bulk)
    key = token_key()
    found = [tokens.first(key, [one.email for one in _addressed(mail)]) for mail in mails]
    numbers = [tokens.subject_ticket(mail.subject) for mail in mails]
    named = {place.ticket_id for place in places.values()}
    named |= {token.ticket_id for token in found if token} | {number for number in numbers if number}
    survivors = _survivors(named)
    named |= set(survivors.values())
    participants, domains = _people(named)
    existing = set(Ticket.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    sides = [-number for number in named if number < 0 and not trusted]
    if sides:
        existing |= {-pk for pk in SideConversation.objects.filter(pk__in=sides).values_list("pk", flat=True)}
    return [
        Facts(
            token=token if token and token.ticket_id in existing else None,
            places=places,
            subject_ticket=number if number in existing else None,
            participants=participants,
            domains=domains,
            survivors=survivors,
            trusted=trusted,
        )
        for token, number in zip(found, numbers, strict=True)
    ]


def awaited(mails: Sequence[ParsedMail]) -> dict[str, list[tuple[int, int]]]:
    """By Message-ID of these mails: (ticket, message) of the answers that came before them, oldest first. One query."""
    wanted = {keys.of_id(mail.message_id): mail.message_id for mail in mails}
    rows = Awaited.objects.filter(key__in=list(wanted)).order_by("pk")
    found: dict[str, list[tuple[int, int]]] = {}
    for key, ticket_id, message_id in rows.values_list("key", "message__ticket_id", "message_id"):
        found.setdefault(wanted[key], []).append((ticket_id, message_id))
    return found


def participants_of(ticket_ids: Sequence[int]) -> dict[int, set[str]]:
    """The addresses that take part in each ticket. One query."""
    found: dict[int, set[str]] = {}
    if ticket_ids:
        with connection.cursor() as cursor:
            cursor.execute(_PARTICIPANTS, {"ids": list(ticket_ids)})
            rows = cursor.fetchall()
            if min(ticket_ids) < 0:
                cursor.execute(_BESIDE, {"ids": list(ticket_ids)})
                rows += cursor.fetchall()
            for ticket_id, address in rows:
                found.setdefault(ticket_id, set()).add(address)
    return found


def _addressed(mail: ParsedMail) -> list[Address]:
    return [*mail.to, *mail.cc, *mail.delivered_to]


def _survivors(ticket_ids: set[int]) -> dict[int, int]:
    rows = Ticket.objects.filter(pk__in=ticket_ids, merged_into__isnull=False)
    return {pk: into for pk, into in rows.values_list("pk", "merged_into_id") if into}


def _people(ticket_ids: set[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    if not ticket_ids:
        return {}, {}
    domains: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DOMAINS, [list(ticket_ids)])
        for ticket_id, domain in cursor.fetchall():
            domains.setdefault(ticket_id, set()).add(domain)
    return participants_of(list(ticket_ids)), domains
