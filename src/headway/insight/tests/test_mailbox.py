"""A support mailbox as a source: threads are tickets, and who works here is told by where mails go."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from headway.insight.audit import run
from headway.insight.findings.finding import Found
from headway.insight.reading.port import Options
from headway.insight.result import Wanted

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _mail(ident: str, minutes: float, sender: str, to: str, reply_to: str = "", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["Message-ID"] = f"<{ident}@mail.example>"
    mail["From"], mail["To"], mail["Subject"] = sender, to, "My order"
    mail["Date"] = format_datetime(MONDAY + timedelta(minutes=minutes))
    if reply_to:
        mail["In-Reply-To"] = f"<{reply_to}@mail.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Where is it?")
    return mail.as_bytes()


def _mbox(path: Path, mails: list[bytes]) -> Path:
    path.write_bytes(b"".join(b"From x Mon Mar  2 09:00:00 2026\n" + mail + b"\n\n" for mail in mails))
    return path


MAILS = [
    _mail("b", 30, "sam@shop.example", "dana@gmail.example", "a"),  # before what it answers
    _mail("a", 0, "dana@gmail.example", "help@shop.example"),
    _mail("a", 0, "dana@gmail.example", "help@shop.example"),
    _mail("c", 10, "eve@gmail.example", "help@shop.example"),
    _mail("d", 11, "help@shop.example", "eve@gmail.example", "c", Auto_Submitted="auto-replied"),
    _mail("e", 70, "li@shop.example", "eve@gmail.example", "c"),
    _mail("f", 80, "monitor@host.example", "help@shop.example", Auto_Submitted="auto-generated"),
    _mail("g", 90, "sam@shop.example", "zoe@gmail.example"),
    _mail("h", 60 * 24 * 30, "zoe@gmail.example", "help@shop.example"),
]


def test_threads_become_tickets(tmp_path: Path) -> None:
    path = _mbox(tmp_path / "help.mbox", [*MAILS, b"\x00\x01 this is no mail"])
    result = run([path], Wanted(), lambda _part, _done: None)
    assert (result.tickets, result.counted) == (5, 3)
    assert dict(result.trust.excluded) == {
        "tickets: machine": 1,
        "tickets: proactive": 1,
        "copies of a mail": 1,
    }
    assert result.trust.problems == 1
    assert result.trust.silent_days == 7  # nothing in a mailbox is ever solved
    responses = result.findings["responses"][1]
    assert isinstance(responses, Found)
    assert responses.figures["first_response_median_ms"] == 30 * 60_000
    assert responses.figures["first_response_p90_ms"] == 60 * 60_000  # Li's, not the machine's
    assert responses.figures["resolution_p90_ms"] == 60 * 60_000
    backlog = result.findings["backlog"][1]
    assert isinstance(backlog, Found)
    assert (backlog.figures["unresolved"], list(backlog.tickets)) == (1, ["9"])


def test_who_works_here_can_be_told(tmp_path: Path) -> None:
    path = _mbox(tmp_path / "help.mbox", MAILS)
    options = Options(meanings={("actor", "gmail.example"): "agent"})
    result = run([path], Wanted(reading=options), lambda _part, _done: None)
    assert dict(result.trust.excluded)["tickets: proactive"] == 3
