"""The mail providers people use most, and how their mailboxes are reached. Written down from their own help pages."""

from dataclasses import dataclass
from typing import Final

TLS: Final = "tls"
STARTTLS: Final = "starttls"


@dataclass(frozen=True, slots=True)
class Known:
    """One provider. `domains` are those of its own addresses, `mx` the ends of its mail exchangers' names.

    `hint` names what its users stumble over: "program-password", "allow-imap", or "no-imap" where there is no way in.
    """

    name: str
    imap: str
    smtp: str
    smtp_port: int = 465
    smtp_security: str = TLS
    login: str = "password"
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    hint: str = ""


PROVIDERS: Final = (
    Known(
        "Google", "imap.gmail.com", "smtp.gmail.com", 587, STARTTLS, "google",
        ("gmail.com", "googlemail.com"), ("google.com", "googlemail.com"),
    ),
    Known(
        "Microsoft 365", "outlook.office365.com", "smtp.office365.com", 587, STARTTLS, "microsoft",
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.de"), ("protection.outlook.com",),
    ),
    Known(
        "Fastmail", "imap.fastmail.com", "smtp.fastmail.com", domains=("fastmail.com", "fastmail.fm"),
        mx=("messagingengine.com",), hint="program-password",
    ),
    Known(
        "iCloud", "imap.mail.me.com", "smtp.mail.me.com", 587, STARTTLS, domains=("icloud.com", "me.com", "mac.com"),
        mx=("mail.icloud.com",), hint="program-password",
    ),
    Known(
        "Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com",
        domains=("yahoo.com", "ymail.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk"), mx=("yahoodns.net",),
        hint="program-password",
    ),
    Known("AOL", "imap.aol.com", "smtp.aol.com", domains=("aol.com", "aol.de"), hint="program-password"),
    Known("Zoho", "imap.zoho.com", "smtp.zoho.com", domains=("zohomail.com", "zoho.com"), hint="allow-imap"),
    Known("Zoho", "imap.zoho.eu", "smtp.zoho.eu", domains=("zohomail.eu",), hint="allow-imap"),
    Known("Zoho", "imappro.zoho.com", "smtppro.zoho.com", mx=("zoho.com",), hint="allow-imap"),
    Known("Zoho", "imappro.zoho.eu", "smtppro.zoho.eu", mx=("zoho.eu",), hint="allow-imap"),
    Known(
        "GMX", "imap.gmx.net", "mail.gmx.net", domains=("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), mx=("gmx.net",),
        hint="allow-imap",
    ),
    Known("GMX", "imap.gmx.com", "mail.gmx.com", domains=("gmx.com", "gmx.us"), hint="allow-imap"),
    Known("WEB.DE", "imap.web.de", "smtp.web.de", 587, STARTTLS, domains=("web.de",), hint="allow-imap"),
    Known(
        "T-Online", "secureimap.t-online.de", "securesmtp.t-online.de", domains=("t-online.de",), mx=("t-online.de",),
    ),
    Known("Hetzner", "mail.your-server.de", "mail.your-server.de", mx=("your-server.de",)),
    Known("IONOS", "imap.ionos.de", "smtp.ionos.de", mx=("kundenserver.de", "ionos.de")),
    Known("IONOS", "imap.ionos.com", "smtp.ionos.com", mx=("ionos.com", "1and1.com")),
    Known("STRATO", "imap.strato.de", "smtp.strato.de", mx=("rzone.de",)),
    Known("OVHcloud", "ssl0.ovh.net", "ssl0.ovh.net", mx=("mail.ovh.net",)),
    Known("Gandi", "mail.gandi.net", "mail.gandi.net", mx=("mail.gandi.net",)),
    Known("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com", mx=("infomaniak.ch",)),
    Known("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", domains=("mailbox.org",), mx=("mailbox.org",)),
    Known("Posteo", "posteo.de", "posteo.de", domains=("posteo.de", "posteo.net"), mx=("posteo.de",)),
    Known("Migadu", "imap.migadu.com", "smtp.migadu.com", mx=("migadu.com",)),
    Known("Rackspace", "secure.emailsrvr.com", "secure.emailsrvr.com", mx=("emailsrvr.com",)),
    Known("Namecheap", "mail.privateemail.com", "mail.privateemail.com", mx=("privateemail.com",)),
    Known("DreamHost", "imap.dreamhost.com", "smtp.dreamhost.com", mx=("dreamhost.com",)),
    Known(
        "Yandex", "imap.yandex.com", "smtp.yandex.com", domains=("yandex.com", "yandex.ru", "ya.ru"),
        mx=("yandex.net", "yandex.ru"), hint="program-password",
    ),
    Known(
        "Proton", "", "", domains=("proton.me", "protonmail.com", "pm.me"), mx=("protonmail.ch",), hint="no-imap",
    ),
    Known("Tuta", "", "", domains=("tuta.com", "tutanota.com", "tuta.io"), mx=("tutanota.de",), hint="no-imap"),
)  # fmt: skip


def by_domain(domain: str) -> Known | None:
    """The provider whose own addresses end so."""
    return next((one for one in PROVIDERS if domain in one.domains), None)


def by_exchanger(host: str) -> Known | None:
    """The provider that a domain's mail exchanger belongs to."""
    name = host.rstrip(".").lower()
    for one in PROVIDERS:
        if any(name == end or name.endswith(f".{end}") for end in one.mx):
            return one
    return None
