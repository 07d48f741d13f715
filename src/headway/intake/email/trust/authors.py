"""Behind a forwarder or a group: the mail as its author wrote it."""

from collections.abc import Iterable
from dataclasses import replace

from headway.intake.email.mail import Address, Evidence, ParsedMail


def seen_through(mail: ParsedMail, forwarders: Iterable[str]) -> ParsedMail:
    """The mail with its author in From, and not marked as of a list, when a configured forwarder or group passed it on.

    A forwarder is an address, or a domain for all of its addresses.
    """
    known = {one.casefold().strip().lstrip("@") for one in forwarders if one.strip()}
    if not known or not _passed_on(mail, known):
        return mail
    evidence = mail.evidence
    quiet: Evidence = replace(
        evidence,
        list_id="",
        list_unsubscribe=False,
        precedence="" if evidence.precedence in ("list", "bulk") else evidence.precedence,
    )
    author = _author(mail, known)
    return replace(mail, evidence=quiet, authors=(author,) if author else mail.authors)


def _passed_on(mail: ParsedMail, known: set[str]) -> bool:
    named = [*mail.authors, *((mail.sender,) if mail.sender else ())]
    lists = {one.replace("@", ".") for one in known}
    return any(_is_one(one, known) for one in named) or any(
        mail.evidence.list_id.casefold().rstrip(">").endswith(one) for one in lists if "." in one and one
    )


def _author(mail: ParsedMail, known: set[str]) -> Address | None:
    """Who wrote it, where From names the forwarder itself."""
    if mail.author is None or not _is_one(mail.author, known):
        return None
    behind = (*mail.original_from, *mail.reply_to)
    return next((one for one in behind if one.email and not _is_one(one, known)), None)


def _is_one(address: Address, known: set[str]) -> bool:
    return address.key in known or address.key.rpartition("@")[2] in known
