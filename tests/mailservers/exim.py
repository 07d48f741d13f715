"""Exim: takes mail by SMTP from anybody on loopback and hands it to an LMTP server; writes bounces as it does."""

import shutil
import smtplib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.mailservers import programs

# Whoever is called so is refused after the mail was taken: Exim then writes a bounce.
GONE = "gone"

_CONFIGURATION = """
primary_hostname = mx.desk.example
spool_directory = {folder}
log_file_path = {folder}/%s.log
pid_file_path = {folder}/exim.pid
exim_user = {user}
exim_group = {group}
never_users =
deliver_drop_privilege
keep_environment =
disable_ipv6
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp}
tls_advertise_hosts =
prdr_enable = false
acl_smtp_rcpt = accept
acl_smtp_data = accept
message_size_limit = 100M
accept_8bitmime
bounce_return_size_limit = 20K
host_lookup =
rfc1413_hosts =
qualify_domain = desk.example

begin acl

accept:
  accept

begin routers

refused:
  driver = redirect
  local_parts = {gone}
  allow_fail
  data = :fail: 550 5.1.1 no such user here

boxes:
  driver = manualroute
  route_list = * 127.0.0.1
  self = send
  transport = boxes

begin transports

boxes:
  driver = smtp
  protocol = lmtp
  port = {lmtp}
  allow_localhost
  hosts_try_chunking =
  return_path_add

begin retry

* * F,1h,1s
"""


class Exim:
    """A server with a folder of its own; `smtp` is its port, `lmtp` that of the server behind it."""

    def __init__(self, lmtp: int) -> None:
        self._program = programs.find("exim4", "exim4-daemon-light")
        self.folder = programs.folder("exim")
        (self.smtp,) = programs.ports(1)
        facts = {"folder": self.folder, "user": programs.account(), "group": programs.group(), "gone": GONE}
        self._configuration = self.folder / "exim.conf"
        self._configuration.write_text(_CONFIGURATION.format(**facts, smtp=self.smtp, lmtp=lmtp))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it takes connections."""
        log = self.folder / "out"
        self._process = programs.start([self._program, "-C", str(self._configuration), "-bdf", "-q1m"], log)
        programs.wait_for_port(self.smtp, self._process, log)

    def stop(self) -> None:
        """Ends it; what it holds stays until `remove`."""
        if self._process is not None:
            programs.stop(self._process)
            self._process = None

    def deliver_now(self) -> None:
        """Tries everything that waits, however recently it was refused."""
        subprocess.run([self._program, "-C", str(self._configuration), "-qff"], check=True, timeout=60)

    def remove(self) -> None:
        """Stops it and takes its folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def send(self, raw: bytes, *recipients: str, sender: str = "dana@shop.example") -> None:
        """A mail program of somebody outside sends a mail."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=60) as client:
            client.sendmail(sender, list(recipients), raw, mail_options=["BODY=8BITMIME"])

    def log(self) -> str:
        """What it did with the mails."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))


@contextmanager
def running(lmtp: int) -> Iterator[Exim]:
    """A server inside the block; nothing of it after."""
    server = Exim(lmtp)
    try:
        server.start()
        yield server
    finally:
        server.remove()
