"""Old mail uploaded at the desk or by a program: looked at, brought in, stopped and gone on with, reported."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from headway.events.models import Entry
from headway.intake.email import archives, importing
from headway.intake.models import RawMail
from headway.moving import tasks
from headway.moving.actions import starting, working
from headway.moving.models import Piece, Run
from headway.moving.queries.runs import is_whole
from headway.moving.tests.test_unpacking import tarred
from headway.moving.tests.test_uploads import PAGE, uploaded
from headway.people.models import Agent
from headway.tickets.models import Message, Ticket
from headway.web.api.tests.program import Program

pytestmark = pytest.mark.usefixtures("db")


def mail(number: int, *headers: str, sender: str = "dana@example.com") -> bytes:
    lines = [
        f"Message-ID: <{number}@example.com>", f"From: {sender}", "To: help@desk.example", f"Subject: Nr {number}",
        f"Date: Tue, 3 Mar 2026 09:{number:02}:00 +0000", *headers, "", f"Text {number}", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def box(*mails: bytes) -> bytes:
    return b"".join(b"From dana@example.com Tue Mar  3 09:00:00 2026\n" + one + b"\n" for one in mails)


FILES = {
    "Maildir/cur/1:2,S": mail(1),
    "Maildir/cur/2:2,S": mail(2, "In-Reply-To: <1@example.com>", sender="help@desk.example"),
    "Maildir/.Old/cur/3:2,S": mail(3),
    "Maildir/.Old/new/4": b"\x00\x01 a picture that somebody moved here",
}


@pytest.fixture
def desk(client: Client, ada: Agent) -> Client:
    client.force_login(ada)
    return client


def test_a_maildir_from_upload_to_report(desk: Client) -> None:
    run = uploaded(desk, "Maildir.tar.gz", tarred(FILES))
    assert (run.source, run.state) == ("mail", "ready")
    assert run.told["counts"] == {"message": {"source": 4, "known": 0}}
    assert not RawMail.objects.exists()
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Close tickets without a word for so many days" in page
    assert "Zone of times" not in page
    assert ".Old/new/4" in page
    assert "It will be kept in quarantine." in page
    desk.post(f"{PAGE}/{run.pk}", {"source": "mail", "close_after": "soon"}, follow=True)
    run.refresh_from_db()
    assert run.state == "ready"  # refused; nothing is looked at again
    desk.post(f"{PAGE}/{run.pk}", {"source": "mail", "close_after": "30"})
    working.check(run.pk)
    desk.post(f"{PAGE}/{run.pk}/run")
    working.bring(run.pk)
    run.refresh_from_db()
    assert is_whole(run), run.counts
    assert {name: run.counts["message"][name] for name in ("source", "new", "same", "reported", "missing")} == {
        "source": 4, "new": 3, "same": 0, "reported": 1, "missing": 0,
    }  # fmt: skip
    assert run.counts["ticket"]["new"] == Ticket.objects.count() == 2
    assert set(Ticket.objects.values_list("status__category", flat=True)) == {"closed"}
    assert not Piece.objects.exists()
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "It is kept in quarantine." in page
    assert "Who answers where" not in desk.get(PAGE).content.decode()
    again = uploaded(desk, "Maildir.tar.gz", tarred(FILES))
    assert again.told["counts"] == {"message": {"source": 4, "known": 4}}
    starting.start(again, actor=Agent.objects.get(name="Ada").actor)
    working.bring(again.pk)
    again.refresh_from_db()
    assert is_whole(again), again.counts
    assert {name: again.counts["message"][name] for name in ("source", "new", "same", "reported")} == {
        "source": 4, "new": 0, "same": 3, "reported": 1,  # it lies in quarantine, also after a run that was killed
    }  # fmt: skip
    aside = RawMail.objects.get(state="quarantined")
    assert again.problems.values_list("key", flat=True).get() == str(aside.pk)
    assert f'href="/desk/quarantine/{aside.pk}"' in desk.get(f"{PAGE}/{again.pk}/problems").content.decode()
    assert Message.objects.count() == 3


def test_a_program_brings_a_mailbox_that_was_stopped_and_killed_between(
    ada: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    monkeypatch.setattr(working, "_EVERY", 0.0)
    program, data = Program(ada), box(*(mail(number) for number in range(1, 8)))
    made = program.post("/imports", {"file_name": "support.mbox"}).body
    path, number = f"/imports/{made['id']}", int(made["id"])
    program.put(f"{path}/file?offset=0", raw=data[:500])
    program.put(f"{path}/file?offset=500", raw=data[500:])
    assert program.post(f"{path}/check", {"close_after": -1}).status == 422
    program.post(f"{path}/check", {"close_after": 7})
    working.check(number)
    assert program.get(path).body["source"] == "mail"
    program.post(f"{path}/run", {})
    written = importing._write_down

    def stops(*given: Any) -> None:
        written(*given)
        program.delete(f"{path}/run")

    monkeypatch.setattr(importing, "_write_down", stops)
    tasks.bring(number)
    assert (program.get(path).body["state"], Message.objects.count()) == ("stopped", 2)

    class Killed(BaseException):
        pass

    def dies(*given: Any) -> None:
        written(*given)
        raise Killed

    monkeypatch.setattr(importing, "_write_down", dies)
    program.post(f"{path}/run", {})
    with pytest.raises(Killed):
        tasks.bring(number)
    monkeypatch.setattr(importing, "_write_down", written)
    RawMail.objects.update(claimed_at=None)
    tasks.bring(number)
    report = program.get(path).body
    assert (report["state"], report["whole"]) == ("done", True)
    assert (report["counts"]["message"]["new"], report["counts"]["message"]["same"]) == (3, 4)
    assert sorted(Message.objects.values_list("text", flat=True)) == [f"Text {n}" for n in range(1, 8)]
    assert Ticket.objects.filter(status__category="closed").count() == 7
    assert Entry.objects.filter(kind="message.received").count() == 7
    assert Run.objects.get().size == 0


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_BYTES", 100_000)
    monkeypatch.setattr(archives, "_PIECE", 1000)
    path = tmp_path / "a.mbox"
    path.write_bytes(box(mail(1), mail(2) + b"x" * 300_000 + b"\n", mail(3)))
    found = list(archives.read([path]))
    assert [bool(one.raw) for one in found] == [True, False, True]
    assert "larger than any mail" in found[1].unreadable
