"""When two records may be one person. Pure: what to look for; a person decides."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from headway.people.rules import identities
from headway.people.rules.domains import is_free_mail


class Reason(StrEnum):
    """Why two records may be one person, the strongest first."""

    KNOWN = "known"  # what one has among its facts (a number, an address, an id) recognises the other
    ADDRESS = "address"  # the same mailbox but for a +tag
    DOMAIN = "domain"  # the same name at the same company's domain
    ORGANISATION = "organisation"  # the same name in the same organisation
    NAME = "name"  # the same full name, nothing more


RANK = list(Reason)


def plain(address: str) -> str:
    """An address without its +tag: `dana+shop@example.com` → `dana@example.com`."""
    local, at, host = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{host}"


def same(name: str) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join(name.split()).casefold()


def full(name: str) -> bool:
    """Whether a name says enough to stand alone: a first and a last one."""
    return len(name.split()) > 1


def recognised_by(facts: Mapping[str, object]) -> list[str]:
    """What stands among facts and could recognise somebody, in comparable form: numbers, addresses, ids."""
    found = []
    for value in facts.values():
        if isinstance(value, str):
            ways = (identities.comparable(kind, value) for kind in ("email", "phone", "external"))
            found += [one for one in ways if one]
    return list(dict.fromkeys(found))


def company_domains(addresses: Iterable[str]) -> set[str]:
    """The domains of these addresses that belong to one company."""
    return {host for each in addresses if not is_free_mail(host := identities.host_of(each))}


def reason(
    one: tuple[str, int | None, list[str]], other: tuple[str, int | None, list[str]], *, known: bool
) -> Reason | None:
    """Why two records, each given as (name, organisation, mail addresses), may be one person; `known`: a fact of one
    recognises the other. None: nothing speaks for it."""
    if known:
        return Reason.KNOWN
    if {plain(each) for each in one[2]} & {plain(each) for each in other[2]}:
        return Reason.ADDRESS
    if not same(one[0]) or same(one[0]) != same(other[0]):
        return None
    if company_domains(one[2]) & company_domains(other[2]):
        return Reason.DOMAIN
    if one[1] is not None and one[1] == other[1]:
        return Reason.ORGANISATION
    return Reason.NAME if full(one[0]) else None
