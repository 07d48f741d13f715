"""What sender rules say of a sender, and when a domain is learned. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from headway.people.rules.domains import is_free_mail
from headway.people.rules.identities import domain, email, host_of

ENOUGH: Final = 3  # addresses of one domain, before all of it is suspected


@dataclass(frozen=True, slots=True)
class Known:
    """A rule in force. `verdict` is suspect or allow."""

    id: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The rule that decides about a sender, and whether it is about the address or its domain."""

    rule: Known
    of: Literal["address", "domain"]

    @property
    def suspects(self) -> bool:
        """Whether what they send begins as suspected spam."""
        return self.rule.verdict == "suspect"


def pattern(text: str) -> str | None:
    """An address or a domain (with or without an @ before it) in comparable form; None for what is neither."""
    given = text.strip()
    if "@" in given.lstrip("@"):
        return email(given)
    known = domain(given.lstrip("@"))
    return known if known is not None and "." in known else None


def patterns_of(address: str) -> tuple[str, str]:
    """What a rule about an address (in comparable form) may be called: itself, and its domain."""
    return address, host_of(address)


def found(address: str, rules: Mapping[str, Known]) -> Finding | None:
    """The rule that decides about an address: its own before that of its domain."""
    own, host = patterns_of(address)
    if own in rules:
        return Finding(rules[own], "address")
    return Finding(rules[host], "domain") if host in rules else None


@dataclass(frozen=True, slots=True)
class Domain:
    """What is known of a domain. `marked`: how many of its addresses are suspected. `decided`: a person removed the
    rule about it. `served`: an organisation's, or customers there were answered."""

    name: str
    marked: int
    ours: bool = False
    decided: bool = False
    served: bool = False


def is_shared(name: str) -> bool:
    """Whether anybody gets an address there, so that one of them says nothing about the others."""
    return is_free_mail(name)


def learns(it: Domain) -> bool:
    """Whether all of a domain is suspected from now on, without asking anybody."""
    return asks(it) and not it.served


def asks(it: Domain) -> bool:
    """Whether its rule would be worth having: where customers are served, a person decides."""
    return it.marked >= ENOUGH and not (is_shared(it.name) or it.ours or it.decided)
