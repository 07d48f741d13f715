"""One parsed mail becomes a message: on the ticket it belongs to, or on a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.intake.email import recording, reporting, threading, wording
from headway.intake.email.mail import ParsedMail
from headway.intake.email.senders import CHANNEL, Customers, Ours
from headway.intake.email.threading import Decision, Facts
from headway.intake.email.trust.rules import Standing
from headway.intake.spam.judging import Judge, Judged
from headway.people.models import Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Attachment, Opening, Suspicion
from headway.tickets.models import Message, SideConversation, SideMessage, Ticket

REPORT_TAG = "delivery-report"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mail went, and why. `joined`: onto a ticket that was there before. `held`: for agents only, as yet.
    `merged`: the tickets of answers that overtook it, which are one with its own now. `judged`: what sender rules
    said, where it began a ticket."""

    message: Message | SideMessage
    because: str
    joined: bool
    held: bool = False
    merged: Sequence[int] = ()
    judged: Judged = field(default_factory=Judged)

    @property
    def places(self) -> set[int]:
        """Its ticket, and the number of its side conversation in the rules of threading."""
        beside = {-self.message.side_id} if isinstance(self.message, SideMessage) else set()
        return {self.message.ticket_id} | beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What was looked up for one mail."""

    facts: Facts
    awaiting: Sequence[tuple[int, int]]
    own: Ours
    customers: Customers
    judge: Judge
    at: datetime
    standing: Standing = field(default_factory=Standing)


def place(mail: ParsedMail, files: Sequence[Attachment], found: Circumstances) -> Placed:
    """Writes the mail as a message, in the caller's transaction, in which nobody else places mails.

    The ids it is answered by are the caller's to remember (`recording`).
    """
    reported = reporting.settle(mail, at=found.at)
    if reported is not None:
        return Placed(reported, "report", joined=True)
    ours = _is_ours(mail, found.own)
    failed = found.standing.failed
    decision = threading.decide(mail, found.facts)
    if decision.ticket_id is not None and decision.ticket_id < 0:
        return _beside(mail, files, found, decision)
    named = names_customer(mail, found.standing, found.own)
    customer = found.customers.of(mail.author, at=found.at) if named else None
    target, because, held = decision.ticket_id, str(decision.because), decision.held
    joinable = joining(mail, found)
    if target is None and joinable and decision.because != "forward":
        target, because = joinable[0], "awaited"
    suspicion, judged = Suspicion() if ours or failed else None, Judged()
    if customer is not None and mail.author is not None:
        judged = found.judge.judge(mail.author.email, customer.pk, believed=found.standing.counts)
        suspicion = suspicion or judged.suspicion
    if target is None:
        message = _open(mail, files, customer, found, suspicion)
        placed = Placed(message, because, joined=False, held=failed)
    else:
        ticket = Ticket.objects.get(pk=target)
        held = held or ours
        words = wording.words(mail, files, copied=[], held=held)
        actor = Actor.customer(customer.pk) if customer else Actor.system()
        message = actions.receive(
            ticket,
            words,
            customer=customer,
            actor=actor,
            subject=wording.subject(mail),
            suspicion=suspicion,
            at=found.at,
        )
        placed = Placed(message, because, joined=message.ticket_id == target, held=held)
    if failed and mail.author is not None:
        _warn(message, mail.author.email, at=found.at)
    if not placed.joined:
        placed = replace(placed, judged=judged)
        found.judge.count(judged)
    unite(joinable, placed.message.ticket_id)
    return replace(placed, merged=joinable)


def _beside(mail: ParsedMail, files: Sequence[Attachment], found: Circumstances, decision: Decision) -> Placed:
    """An answer to a side conversation: no customer is made of its writer, and no ticket but its own hears of it."""
    assert decision.ticket_id is not None
    side = SideConversation.objects.get(pk=-decision.ticket_id)
    held = decision.held or _is_ours(mail, found.own) or found.standing.failed
    words = wording.words(mail, files, copied=[], held=held)
    author = mail.author
    address, name = (author.email, author.name) if author else ("", "")
    message = actions.receive_side(side, words, address=address, name=name, actor=Actor.system(), at=found.at)
    return Placed(message, str(decision.because), joined=True, held=held)


def names_customer(mail: ParsedMail, standing: Standing, own: Ours) -> bool:
    """Whether the author of a mail counts as the customer: not behind a report, our own address or a failed check."""
    return not (mail.report or standing.failed or _is_ours(mail, own))


def _is_ours(mail: ParsedMail, own: Ours) -> bool:
    return mail.author is not None and mail.author.email.casefold() in own.mailboxes


def joining(mail: ParsedMail, found: Circumstances) -> list[int]:
    """The tickets of answers that came before this mail and belong to it: their writers are among its people.

    Only a sender who can be believed moves them.
    """
    if not found.awaiting or recording.is_bulk(mail) or not (found.facts.trusted or found.facts.verified):
        return []
    people = {address.key for address in (*mail.authors, *mail.to, *mail.cc)}
    writers = dict(
        Message.objects.filter(pk__in=[message for _, message in found.awaiting]).values_list("pk", "customer_id")
    )
    own = {customer_id for address in people if (customer_id := _known_customer(found.customers, address)) is not None}
    return list(
        dict.fromkeys(
            ticket for ticket, message in found.awaiting if found.facts.trusted or writers.get(message) in own
        )
    )


def unite(ticket_ids: Sequence[int], into: int) -> None:
    """Merges the tickets of overtaking answers into the one their original is on."""
    for ticket_id in ticket_ids:
        if ticket_id == into:
            continue
        pair = {ticket.pk: ticket for ticket in Ticket.objects.filter(pk__in=[ticket_id, into])}
        if len(pair) == 2 and all(one.merged_into_id is None for one in pair.values()):
            if pair[into].category == "closed":
                continue
            actions.merge(pair[ticket_id], pair[into], actor=Actor.system())


def _open(
    mail: ParsedMail,
    files: Sequence[Attachment],
    customer: Customer | None,
    found: Circumstances,
    suspicion: Suspicion | None,
) -> Message:
    brand_id = found.own.brand((*mail.to, *mail.cc, *mail.delivered_to))
    opening = Opening(
        subject=wording.subject(mail),
        channel=CHANNEL,
        customer=customer,
        brand=Brand.objects.get(pk=brand_id) if brand_id else None,
        tags=(REPORT_TAG,) if mail.report else (),
        suspicion=suspicion,
    )
    actor = Actor.customer(customer.pk) if customer else Actor.system()
    words = wording.words(mail, files, copied=[])
    _ticket, message = actions.open_ticket(opening, words, actor=actor, at=found.at)
    return message


def _warn(message: Message, address: str, *, at: datetime) -> None:
    """Tells the agents whose name is on a mail that is not theirs: it was made nobody's, so nothing else says it."""
    text = _(
        "This mail says that it is from %(address)s, but that failed the check of its sender (DMARC). Somebody else "
        "may have written it, so no customer was linked and nothing was sent. If it is genuine, admit it and set the "
        "requester."
    )
    actions.note(message.ticket, text % {"address": address}, actor=Actor.system(), at=at)


def _known_customer(customers: Customers, address: str) -> int | None:
    known = customers.known(address)
    return known.pk if known else None
