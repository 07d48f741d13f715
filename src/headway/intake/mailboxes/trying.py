"""Signing in to a mailbox's servers to see whether it works, before anything is saved. No mail is read or sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Unpack

from headway.intake.email import smtp, submission
from headway.intake.email.imap import session
from headway.intake.email.imap.failures import Failure, explain, provider_away
from headway.intake.email.imap.session import TROUBLE
from headway.intake.mailboxes import checks, credentials
from headway.intake.mailboxes.checks import Fields
from headway.intake.models import Mailbox

_MOST_FOLDERS: Final = 500
_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Tried:
    """How one sign-in went; `way` is in or out. `sentence`: what happened and what to do, empty when it worked."""

    way: str
    host: str
    sentence: str = ""
    folders: tuple[str, ...] = ()

    @property
    def worked(self) -> bool:
        """Whether it did."""
        return not self.sentence


def draft(secrets: Mapping[str, str], *, of: Mailbox | None = None, **fields: Unpack[Fields]) -> Mailbox:
    """A mailbox as it would be with these fields and secrets, not saved. `of`: the one that is to be changed, whose
    other fields and secrets it keeps. Raises Invalid for what cannot work."""
    kept = {each.attname: getattr(of, each.attname) for each in Mailbox._meta.concrete_fields} if of else {}  # noqa: SLF001
    row = Mailbox(**{**kept, **checks.tidy(fields)})
    known = {**(credentials.read(of) if of else {}), **checks.secrets(secrets)}
    checks.whole(row, known)
    row.secrets = credentials.sealed(known)
    return row


def both(mailbox: Mailbox) -> list[Tried]:
    """Tries the ways that the mailbox has servers for. It may be one that is not saved yet."""
    tried = []
    if mailbox.imap_host:
        tried.append(reading(mailbox))
    if mailbox.smtp_host:
        tried.append(writing(mailbox))
    return tried


def reading(mailbox: Mailbox) -> Tried:
    """Signs in by IMAP, lists the folders and opens the one that is to be read, for reading only."""
    host, port = mailbox.imap_host, mailbox.imap_port
    try:
        password, token = _proof(mailbox)
        client = session.sign_in(host, port, mailbox.imap_security, mailbox.user, password=password, token=token)
    except Failure as failure:
        return Tried("in", host, failure.sentence)
    try:
        client.allow(seconds=_SECONDS)
        folders = _names(client.list_folders())
        session.open_folder(client, mailbox.imap_folder)
    except Failure as failure:
        return Tried("in", host, failure.sentence)
    except TROUBLE as error:
        return Tried("in", host, explain(error, host, port).sentence)
    finally:
        client.leave()
    return Tried("in", host, folders=folders)


def writing(mailbox: Mailbox) -> Tried:
    """Signs in by SMTP."""
    try:
        server = submission.connect(mailbox)
    except submission.Failed as error:
        return Tried("out", mailbox.smtp_host, str(error))
    smtp.leave(server)
    return Tried("out", mailbox.smtp_host)


def _proof(mailbox: Mailbox) -> tuple[str, str]:
    """The password or the access token. Raises Failure."""
    try:
        if mailbox.login == Mailbox.Logins.PASSWORD:
            return credentials.read(mailbox).get("password", ""), ""
        return "", credentials.bearer(mailbox)
    except OSError as error:
        raise provider_away(error) from error
    except Exception as error:
        raise explain(error, mailbox.imap_host, mailbox.imap_port) from error


def _names(listed: list[tuple[tuple[bytes, ...], bytes, str]]) -> tuple[str, ...]:
    """The folders that can be opened, the inbox first."""
    names = [str(name) for flags, _separator, name in listed if b"\\noselect" not in {one.lower() for one in flags}]
    return tuple(sorted(names, key=lambda name: (name.upper() != "INBOX", name.casefold()))[:_MOST_FOLDERS])
