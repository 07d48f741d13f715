"""Who wrote a mail: a customer, somebody of ours, or nobody that can be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from headway.events.actor import Actor
from headway.foundation.errors import Invalid
from headway.intake.email.mail import Address, ParsedMail
from headway.people.actions import identities
from headway.people.actions.arrivals import Newcomer, find_or_create_many
from headway.people.models import Agent, BrandAddress, Customer, Identity
from headway.people.rules.identities import email as comparable

CHANNEL = "email"


@dataclass(frozen=True, slots=True)
class Ours:
    """Our own addresses: mailboxes of brands, and the people of the team."""

    mailboxes: dict[str, int] = field(default_factory=dict)  # address -> brand
    agents: dict[str, int] = field(default_factory=dict)  # address -> agent

    def holds(self, address: str) -> bool:
        """Whether the address is one of ours, a mailbox's also with something after a plus."""
        known = comparable(address) or address.casefold()
        return known in self.mailboxes or _bare(known) in self.mailboxes or known in self.agents

    def agent(self, address: str) -> int | None:
        """The agent with this address."""
        return self.agents.get(comparable(address) or address.casefold())

    def brand(self, addresses: Iterable[Address]) -> int | None:
        """The brand the first of ours among these addresses belongs to."""
        known = [one for address in addresses if (one := comparable(address.email))]
        written = (name for one in known for name in (one, _bare(one)))
        return next((self.mailboxes[one] for one in written if one in self.mailboxes), None)


def _bare(address: str) -> str:
    """The address without what stands after a plus."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def ours() -> Ours:
    """All our addresses. Two queries."""
    mailboxes = BrandAddress.objects.filter(brand__archived_at__isnull=True).values_list("address", "brand_id")
    agents = Agent.objects.filter(archived_at__isnull=True).values_list("email", "pk")
    return Ours(
        {comparable(address) or address.casefold(): brand for address, brand in mailboxes},
        {comparable(address) or address.casefold(): pk for address, pk in agents},
    )


class Customers:
    """The customers of a batch of mails by address: known ones found at once, new ones made when they are needed."""

    def __init__(self, mails: Sequence[ParsedMail], *, actor: Actor, silent: bool) -> None:
        self.actor = actor
        self.silent = silent
        wanted = {known for mail in mails for address in people_of(mail) if (known := comparable(address.email))}
        rows = Identity.objects.filter(kind=Identity.Kinds.EMAIL, value__in=wanted).select_related("customer")
        self._known: dict[str, Customer] = {row.value: row.customer for row in rows}

    def expect(self, writers: Iterable[tuple[Address | None, datetime]]) -> None:
        """Makes all customers among the writers that are not known yet at once."""
        newcomers = [
            Newcomer(key, address.name, at)
            for address, at in writers
            if address is not None and (key := comparable(address.email)) and key not in self._known
        ]
        if newcomers:
            self._known |= find_or_create_many(newcomers, actor=self.actor, channel=CHANNEL, silent=self.silent)

    def known(self, address: str) -> Customer | None:
        """The customer with this address, None when there is none yet."""
        return self._known.get(comparable(address) or address)

    def of(self, address: Address | None, *, at: datetime) -> Customer | None:
        """The customer with this address, made if need be; None when it is no address at all."""
        key = comparable(address.email) if address else None
        if address is None or key is None:
            return None
        if key not in self._known:
            try:
                self._known[key], _ = identities.find_or_create(
                    Identity.Kinds.EMAIL,
                    key,
                    actor=self.actor,
                    name=address.name,
                    channel=CHANNEL,
                    at=at,
                    silent=self.silent,
                )
            except Invalid:
                return None
        return self._known[key]


def people_of(mail: ParsedMail) -> list[Address]:
    """Everybody a mail names as its writer or reader."""
    author = [mail.author] if mail.author else []
    return [*author, *mail.to, *mail.cc]


def writer_of(mail: ParsedMail, own: Ours) -> Address | None:
    """The customer's side of a mail: who wrote to us, or to whom we wrote; nobody behind a report."""
    if mail.author is not None and own.holds(mail.author.email):
        return other_side(mail, own)
    return None if mail.report else mail.author


def other_side(mail: ParsedMail, own: Ours) -> Address | None:
    """The customer's address in a mail of ours: the first reader who is not one of us."""
    return next((one for one in (*mail.to, *mail.cc) if one.email and not own.holds(one.email)), None)


def copied(mail: ParsedMail, own: Ours) -> list[str]:
    """The other addresses that got the mail, ours left out."""
    found = [one.email for one in (*mail.to, *mail.cc) if one.email and not own.holds(one.email)]
    return list(dict.fromkeys(found))[:50]
