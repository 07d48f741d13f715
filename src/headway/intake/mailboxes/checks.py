"""Whether what was entered about a mailbox can work, and the sentence when it cannot."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.foundation.outward.places import internal
from headway.intake.email import layouts, signing
from headway.intake.mailboxes import credentials
from headway.intake.models import Mailbox
from headway.people.rules.identities import domain

_MOST_NAMES = 50
_MOST_TEXT = {"signature": 5_000, "template": 20_000, "acknowledgement": 20_000}


class Fields(TypedDict, total=False):
    """What may be said about a mailbox. What is left out stays as it is, or as `Mailbox` has it by default."""

    login: str
    user: str
    imap_host: str
    imap_port: int
    imap_security: str
    imap_folder: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    plus_addressing: bool
    signature: str
    template: str
    acknowledgement: str
    trusted_servers: Sequence[str]
    trusted_sealers: Sequence[str]
    forwarders: Sequence[str]
    dkim_selector: str


def tidy(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they are kept. Raises Invalid naming the one that cannot be."""
    return {name: _one(name, value) for name, value in fields.items()}


def secrets(given: Mapping[str, str]) -> dict[str, str]:
    """The secrets as they are kept; an empty one takes the old one away. Raises Invalid."""
    if unknown := sorted(set(given) - set(credentials.NAMES)):
        raise Invalid(_("A mailbox has no secret called %(name)s.") % {"name": unknown[0][:40]}, field="secrets")
    for name, value in given.items():
        if "\x00" in value or (name != "dkim_key" and ("\r" in value or "\n" in value)):
            raise Invalid(_("A password is one line."), field=name)
        if len(value) > 10_000:
            raise Invalid(_("This is too long for a password or a key."), field=name)
        if name == "dkim_key" and value:
            signing.check(value)
    return dict(given)


def whole(row: Mailbox, known: Mapping[str, str]) -> None:
    """Whether the row as it would be saved can work, with these secrets. Raises Invalid."""
    if bool(row.dkim_selector) != bool(known.get("dkim_key")):
        raise Invalid(
            _("To sign mails, DKIM needs both its selector and its private key. Leave both empty to sign nothing."),
            field="dkim_key" if row.dkim_selector else "dkim_selector",
        )
    if not row.imap_host and not row.smtp_host:
        return
    for way, host, security in (("imap", row.imap_host, row.imap_security), ("smtp", row.smtp_host, row.smtp_security)):
        if host and security == Mailbox.Securities.NONE and not internal(host):
            raise Invalid(
                _(
                    "%(host)s would be asked without encryption. Choose TLS or STARTTLS; only hosts of your own "
                    "network, which an engineer names in HEADWAY_INTERNAL_HOSTS, may go without."
                )
                % {"host": host},
                field=f"{way}_security",
            )
    if row.imap_host and not row.user:
        raise Invalid(_("Say with which user name to sign in."), field="user")
    if row.imap_host and row.login == Mailbox.Logins.PASSWORD and not known.get("password"):
        raise Invalid(_("Enter the password of the mailbox."), field="password")


def _one(name: str, value: Any) -> Any:
    if name in ("imap_host", "smtp_host"):
        return _host(name, value)
    if name in ("imap_port", "smtp_port"):
        if not 0 < value < 65536:
            raise Invalid(_("A port is a number from 1 to 65535."), field=name)
        return value
    if name in ("imap_security", "smtp_security") and value not in Mailbox.Securities:
        raise Invalid(_("Choose tls, starttls or none."), field=name)
    if name == "login" and value not in Mailbox.Logins:
        raise Invalid(_("Choose password, microsoft or google."), field=name)
    if name in ("trusted_servers", "trusted_sealers", "forwarders"):
        return _names(name, value)
    if name in _MOST_TEXT:
        return _text(name, str(value).replace("\x00", "").replace("\r\n", "\n")[: _MOST_TEXT[name]])
    if name == "imap_folder":
        return _line(name, value, 200) or "INBOX"
    if name in ("user", "smtp_user"):
        return _line(name, value, 320)
    if name == "dkim_selector":
        selector = _line(name, value, 63)
        if selector and domain(selector) is None:
            raise Invalid(_("A DKIM selector is made of letters, digits and hyphens."), field=name)
        return selector
    return value


def _host(name: str, value: str) -> str:
    text = value.strip().rstrip(".")
    if not text:
        return ""
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError:
        known = domain(text)
    if known is None:
        raise Invalid(_("%(name)s is not the name of a server.") % {"name": repr(text[:80])}, field=name)
    return known


def _line(name: str, value: str, most: int) -> str:
    text = str(value).strip()
    if len(text) > most or any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Invalid(_("This must be one line of at most %(most)d characters.") % {"most": most}, field=name)
    return text


def _text(name: str, value: str) -> str:
    if name == "template":
        layouts.check(value, layouts.ANSWER, field=name, needs="answer")
    elif name == "acknowledgement":
        layouts.check(value, layouts.ACKNOWLEDGEMENT, field=name)
    return value


def _names(name: str, values: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(line.casefold() for value in values if (line := _line(name, value, 254))))
    if len(kept) > _MOST_NAMES:
        raise Invalid(_("At most %(most)d names can be listed.") % {"most": _MOST_NAMES}, field=name)
    return kept
