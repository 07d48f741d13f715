"""A real mail server hands in by LMTP and by SMTP: Exim, with the configuration that the documentation gives."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.foundation import files
from headway.intake.email import processing
from headway.intake.email.listener.tests.listening import LMTP, LOOPBACK, listening, write_certificate
from headway.intake.models import RawMail
from headway.intake.tests.letters import letter
from headway.ops.tests.running import until
from headway.people.actions import brands
from headway.people.models import Agent, Brand
from headway.tickets.models import Message
from tests.mailservers import programs

OURS = "help@help.example.com"
HOW_TO = Path(__file__).resolve().parents[6] / "docs" / "how-to" / "deliver-mail.md"
_CONFIGURATION = """\
primary_hostname = mx.example.com
spool_directory = {spool}
log_file_path = {spool}/%s.log
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
disable_ipv6
deliver_drop_privilege
trusted_users = {user}
tls_advertise_hosts =
begin routers
{routers}
begin transports
{transports}
begin retry
* * F,1h,1s
"""


@pytest.fixture
def exim(tmp_path: Path) -> Iterator[Path]:
    """The folder of an Exim of its own, which belongs to nobody of importance."""
    folder = programs.folder("exim")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def documented(port: int, protocol: str) -> tuple[str, str]:
    """The router and the transport that the how-to gives, at our port."""
    found = re.search(r"```\n(headway:\n.*?)\n\n(headway_lmtp:\n.*?)```", HOW_TO.read_text(), re.DOTALL)
    assert found is not None
    assert "port = 2424" in found[2]
    transport = found[2].replace("port = 2424", f"port = {port}").replace("protocol = lmtp", f"protocol = {protocol}")
    return found[1], transport


def hand_in(folder: Path, port: int, protocol: str, raw: bytes, *recipients: str) -> str:
    """Exim takes a mail and delivers it. What it wrote into its log."""
    routers, transports = documented(port, protocol)
    configuration = folder / "exim.conf"
    written = _CONFIGURATION.format(
        spool=folder, user=programs.account(), group=programs.group(), routers=routers, transports=transports
    )
    configuration.write_text(written)
    command = [programs.find("exim4", "exim4-daemon-light"), "-C", str(configuration), "-odf", "-i", "-f"]
    root = os.geteuid() == 0
    done = subprocess.run(
        [*command, "dana@example.com", *recipients],
        input=raw,
        capture_output=True,
        check=False,
        timeout=60,
        cwd="/",
        user=programs.account() if root else None,
        group=programs.group() if root else None,
        extra_groups=[] if root else None,
    )
    assert done.returncode == 0, done.stderr

    def said() -> str:
        return "".join(path.read_text() for path in folder.glob("*.log"))

    until(lambda: " Completed" in said(), said)
    return said()


@pytest.mark.parametrize(("protocol", "encrypted"), [("lmtp", False), ("smtp", False), ("smtp", True)])
def test_exim_delivers_as_the_how_to_says(
    committed_db: str,
    ada: Agent,
    acme: Brand,
    exim: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    protocol: str,
    encrypted: bool,
) -> None:
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    brands.add_address(acme, OURS, actor=ada.actor)
    raw = letter("Over a real server.\n.\n..and dots\n" + "x" * 3000).replace(b"\r\n", b"\n")
    certificate = tmp_path / "listener.pem"
    write_certificate(certificate, "localhost")
    place = LMTP if protocol == "lmtp" else LOOPBACK
    with listening(place, certificate=str(certificate) if encrypted else "") as listener:
        said = hand_in(
            exim, listener.port, protocol, raw, OURS, "help+more@help.example.com", "nobody@help.example.com"
        )
    assert f"=> {OURS}" in said, said
    assert (" X=TLS" in said) is encrypted, said
    assert re.search(r"\*\* nobody@help\.example\.com .*550 5\.1\.1", said), said
    row = RawMail.objects.get()
    assert row.envelope == {"from": "dana@example.com", "to": [OURS, "help+more@help.example.com"]}
    kept = files.read(row.sha256)
    assert b"\r\n.\r\n..and dots\r\n" in kept
    while processing.process_waiting():
        pass
    assert Message.objects.get().text.startswith("Over a real server.\n.\n..and dots\n")
