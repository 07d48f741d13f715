"""Dovecot: IMAP with and without TLS, LMTP, every user welcome who knows the password."""

import imaplib
import shutil
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.mailservers import certificates, programs

PASSWORD = "sesame"

_CONFIGURATION = """
protocols = imap lmtp
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_process_limit = 1000
default_client_limit = 4000
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
auth_cache_size = 0
mail_location = maildir:~/mail
mail_max_userip_connections = 1000
first_valid_uid = 1
imap_idle_notify_interval = 2 mins
mailbox_idle_check_interval = 1 secs
{more}
passdb {{
  driver = static
  mechanisms = plain login none
  args = password={password}
}}
userdb {{
  driver = static
  args = home={folder}/users/%u
}}
namespace inbox {{
  inbox = yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service imap {{
  process_limit = 1000
  client_limit = {clients}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""

_OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""


class Dovecot:
    """A server with a folder of its own. `imap` (STARTTLS or plain), `imaps` and `lmtp` are its ports, which it keeps
    when it is started again. Users are made by being named."""

    def __init__(
        self,
        *,
        tokens_at: str = "",
        clients: int = 1,
        names: tuple[str, ...] = (),
        days: int = 30,
        more: str = "",
    ) -> None:
        """`tokens_at`: an address that answers what a bearer token is worth (RFC 7662), for XOAUTH2. `clients`: how
        many connections one process of the server carries. `names`, `days`: see `certificates.write`. `more`: further
        lines of its configuration."""
        self._program = programs.find("dovecot", "dovecot-imapd dovecot-lmtpd")
        self.folder = programs.folder("dovecot")
        self.imap, self.imaps, self.lmtp = programs.ports(3)
        self.certificate, key = certificates.write(self.folder, *names, days=days)
        folders = [self.folder / name for name in ("users", "run", "state")]
        for made in folders:
            made.mkdir()
        for made in (self.certificate, key, *folders):
            programs.give(made)
        facts = {"folder": self.folder, "user": programs.account(), "group": programs.group(), "password": PASSWORD}
        more += _OAUTH.format(folder=self.folder) if tokens_at else ""
        if tokens_at:
            (self.folder / "oauth2.conf").write_text(
                f"introspection_url = {tokens_at}\nintrospection_mode = post\nusername_attribute = username\n"
                "active_attribute = active\nactive_value = true\nforce_introspection = yes\n"
            )
        self._configuration = self.folder / "dovecot.conf"
        self._configuration.write_text(
            _CONFIGURATION.format(**facts, more=more, imap=self.imap, imaps=self.imaps, lmtp=self.lmtp, clients=clients)
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it takes connections."""
        log = self.folder / "log"
        self._process = programs.start([self._program, "-F", "-c", str(self._configuration)], log)
        for port in (self.imap, self.imaps, self.lmtp):
            programs.wait_for_port(port, self._process, log)

    def stop(self) -> None:
        """Cuts every connection. What is stored stays until `remove`."""
        if self._process is not None:
            programs.stop(self._process)
            self._process = None

    def remove(self) -> None:
        """Stops it and takes its folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """What the server wrote about itself."""
        return (self.folder / "log").read_text(errors="replace")

    @contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4]:
        """A mail program of the owner, signed in, with the inbox open."""
        client = imaplib.IMAP4("127.0.0.1", self.imap, timeout=30)
        try:
            client.login(user, PASSWORD)
            client.select("INBOX")
            yield client
        finally:
            client.logout()

    def append(self, user: str, *raws: bytes, at: datetime | None = None, folder: str = "INBOX") -> None:
        """Puts mails into a folder; `at` is what the server takes for the day of their arrival."""
        when = imaplib.Time2Internaldate(at or datetime.now(UTC))
        with self.client(user) as client:
            for raw in raws:
                done, _ = client.append(folder, "", when, raw)
                assert done == "OK"

    def deliver(self, user: str, raw: bytes, *, sender: str = "sender@example.com") -> None:
        """Hands a mail in as a mail server does."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            lmtp.sendmail(sender, [user], raw)

    def connected(self) -> int:
        """How many IMAP connections stand."""
        ends = {f"{port:04X}" for port in (self.imap, self.imaps)}
        lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(1 for line in lines if line[1].rpartition(":")[2] in ends and line[3] == "01")

    def flags(self, user: str) -> list[bytes]:
        """The flags of each mail in the inbox, as the server writes them."""
        with self.client(user) as client:
            _, found = client.uid("FETCH", "1:*", "(FLAGS)")
            return [bytes(line) for line in found if line]

    def forget_numbers(self, user: str) -> None:
        """The inbox numbers its mails anew under another UIDVALIDITY, as after a restore. To be called while nobody
        reads."""
        home = self.folder / "users" / user / "mail"
        listing = home / "dovecot-uidlist"
        head, _, _ = listing.read_text().partition("\n")
        validity = int(next(part[1:] for part in head.split() if part.startswith("V")))
        for path in home.glob("dovecot*"):
            path.unlink()
        listing.write_text(f"3 V{validity + 7} N1\n")
        programs.give(listing)


@contextmanager
def running(**options: Any) -> Iterator[Dovecot]:
    """A server inside the block, trusted by whoever reads SSL_CERT_FILE at `certificate`; nothing of it after."""
    server = Dovecot(**options)
    try:
        server.start()
        yield server
    finally:
        server.remove()
