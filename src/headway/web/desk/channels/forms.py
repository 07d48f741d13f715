"""What the forms of a mailbox send, as the fields and secrets it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from headway.foundation.errors import HeadwayError, Invalid
from headway.intake.mailboxes.checks import Fields
from headway.intake.mailboxes.discovery import Found
from headway.intake.models import Mailbox

SECURITIES = (("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "–"))
SERVERS = (
    "login", "user", "imap_host", "imap_port", "imap_security", "imap_folder", "smtp_host", "smtp_port",
    "smtp_security", "smtp_user",
)  # fmt: skip
LISTS = ("trusted_servers", "trusted_sealers", "forwarders")
TEXTS = ("signature", "template", "acknowledgement", "dkim_selector")


@dataclass(slots=True)
class Form:
    """Values as they are shown again, without any secret, and what is wrong with them by field."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)

    def refuse(self, refusal: HeadwayError) -> None:
        """Notes a refusal at the field it is about; one about no field of the form stands above it."""
        name = str(refusal.details.get("field", ""))
        self.errors[name if name in self.values or name in ("password", "smtp_password", "dkim_key") else ""] = (
            refusal.message
        )


def of_found(found: Found) -> Form:
    """The form filled in with what was found out about an address."""
    return Form(
        {
            "login": found.login,
            "user": found.address,
            "imap_host": found.imap.host if found.imap else "",
            "imap_port": found.imap.port if found.imap else 993,
            "imap_security": found.imap.security if found.imap else "tls",
            "imap_folder": "INBOX",
            "smtp_host": found.smtp.host if found.smtp else "",
            "smtp_port": found.smtp.port if found.smtp else 587,
            "smtp_security": found.smtp.security if found.smtp else "starttls",
            "smtp_user": "",
            "own_smtp": False,
        }
    )


def of_mailbox(row: Mailbox, *, own_smtp: bool) -> Form:
    """The form with what is saved. `own_smtp`: sending signs in with another user or password than reading."""
    values: dict[str, Any] = {name: getattr(row, name) for name in (*SERVERS, *TEXTS)}
    values |= {name: "\n".join(getattr(row, name)) for name in LISTS}
    return Form(values | {"own_smtp": own_smtp})


def servers(sent: Mapping[str, str], form: Form) -> tuple[Fields, dict[str, str]]:
    """The servers and the secrets that were typed in; an empty password is left as it is. Raises Invalid."""
    own = "own_smtp" in sent
    form.values["own_smtp"] = own
    found: dict[str, Any] = {}
    for name in SERVERS:
        if name not in sent:
            continue
        form.values[name] = sent[name].strip()
        found[name] = _port(name, sent[name]) if name.endswith("_port") else sent[name].strip()
    secrets = {}
    if password := sent.get("password", ""):
        secrets["password"] = password
    if not own:
        found["smtp_user"] = ""
        secrets["smtp_password"] = ""
    elif password := sent.get("smtp_password", ""):
        secrets["smtp_password"] = password
    return Fields(**found), secrets  # type: ignore[typeddict-item]  # its names are those of SERVERS


def texts(sent: Mapping[str, str], form: Form) -> tuple[Fields, dict[str, str] | None]:
    """Texts, names that are trusted, and the key that mails are signed with; an empty key is left as it is."""
    found: dict[str, Any] = {}
    for name in TEXTS:
        form.values[name] = found[name] = sent.get(name, "").replace("\r\n", "\n").strip("\n")
    for name in LISTS:
        form.values[name] = sent.get(name, "")
        found[name] = [part.strip() for part in form.values[name].replace(",", "\n").splitlines() if part.strip()]
    key = sent.get("dkim_key", "").strip()
    if not found["dkim_selector"]:
        return Fields(**found), {"dkim_key": ""}  # type: ignore[typeddict-item]
    return Fields(**found), {"dkim_key": key} if key else None  # type: ignore[typeddict-item]


def _port(name: str, written: str) -> int:
    digits = written.strip()
    if not digits.isdecimal() or len(digits) > 5:
        raise Invalid(_("A port is a number from 1 to 65535."), field=name)
    return int(digits)
