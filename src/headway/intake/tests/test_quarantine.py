"""What people decide about mails, what they see of them, and what is left of removed ones."""

import pytest

from headway.events.actor import Actor
from headway.foundation import files
from headway.foundation.errors import Conflict, Forbidden
from headway.intake import actions, queries, tasks
from headway.intake.email import claiming, processing, sending
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive, letter, message_of
from headway.people.models import Agent
from headway.tickets import actions as tickets
from headway.tickets.actions import Words
from headway.tickets.actions.removal import remove
from headway.tickets.models import Message

pytestmark = pytest.mark.usefixtures("db")


def put_aside(raw: bytes) -> RawMail:
    row = arrive(raw, process=False)
    claiming.quarantine(row.pk, "a reason")
    return row


def test_an_administrator_sees_the_reason_and_the_bytes_and_processes_it_again(ada: Agent) -> None:
    raw = letter("kept")
    row = put_aside(raw)
    (shown,) = queries.quarantined().rows
    assert (shown.id, shown.error, queries.raw_of(row.pk)) == (row.pk, "a reason", raw)
    actions.process_again(row, actor=ada.actor)
    assert processing.process_waiting() == 1
    assert Message.objects.get().text == "kept"
    with pytest.raises(Conflict):
        actions.process_again(row, actor=ada.actor)


def test_only_who_operates_decides(sam: Agent) -> None:
    row = put_aside(letter())
    with pytest.raises(Forbidden):
        actions.discard(row, actor=sam.actor)


def test_a_discarded_mail_leaves_no_bytes_and_does_not_come_back(ada: Agent) -> None:
    raw = letter()
    row = put_aside(raw)
    digest = row.sha256
    actions.discard(row, actor=ada.actor)
    tasks.sweep()
    row.refresh_from_db()
    assert row.state == "erased"
    assert row.sha256 != digest


def test_a_removed_ticket_takes_its_raw_mails_along_and_a_rescan_revives_nothing(
    ada: Agent, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    raw = letter("secret", message_id="gone@example.com")
    row = arrive(raw)
    assert row.message is not None
    digest = row.sha256
    remove([row.message.ticket_id], actor=ada.actor, reason="asked")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        tasks.sweep()
    assert not files.exists(digest)
    row.refresh_from_db()
    assert (row.state, row.envelope, row.findings) == ("erased", {}, {})
    assert arrive(b"X-Folder: Archive\r\n" + raw).state == "duplicate"
    assert not Message.objects.exists()


def test_the_path_of_a_message_is_readable() -> None:
    message = message_of(letter())
    path = queries.path_of(message)
    assert path is not None
    assert (path.source, path.because, path.attempts) == ("pipe", "no-match", 1)


def test_all_mails_of_one_reason_are_processed_again_and_their_result_is_shown(ada: Agent) -> None:
    same = [put_aside(letter(str(number))) for number in range(3)]
    other = arrive(letter("other"), process=False)
    claiming.quarantine(other.pk, "another reason")
    assert [(each.error, each.count) for each in queries.reasons()] == [("a reason", 3), ("another reason", 1)]
    assert actions.process_many_again(error="a reason", actor=ada.actor) == 3
    assert {row.state for row in queries.reread()} == {"stored"}
    processing.process_waiting()
    results = queries.reread()
    assert [row.id for row in results] == [row.pk for row in reversed(same)]
    assert all(row.state == "done" and row.ticket_id for row in results)
    assert [row.id for row in queries.quarantined().rows] == [other.pk]
    with pytest.raises(Conflict):
        actions.process_many_again(error="a reason", actor=ada.actor)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"Subject: \xff\x00\r\n\r\nHi", "Subject: \\xff\\u{0}\n\nHi"),
        ("Subject: \u202egnp.exe\n\nHi".encode(), "Subject: \\u{202e}gnp.exe\n\nHi"),
        ("Subject: Grüße\n\n\tHi".encode(), "Subject: Grüße\n\n\tHi"),
    ],
)
def test_the_source_is_shown_as_text_that_hides_nothing(raw: bytes, shown: str) -> None:
    excerpt = queries.excerpt_of(put_aside(raw))
    assert (excerpt.source, excerpt.headers, excerpt.whole) == (shown, shown.split("\n\n")[0], True)


def test_a_large_source_is_cut() -> None:
    excerpt = queries.excerpt_of(put_aside(b"Subject: x\n\n" + b"y" * 100_000))
    assert (len(excerpt.source), excerpt.whole) == (65_536, False)


def test_the_outbox_shows_how_far_an_answer_has_come(sam: Agent) -> None:
    ticket = message_of(letter()).ticket
    message = tickets.reply(ticket, Words(text="Hello"), actor=sam.actor)
    sending.queue(message)
    (sending_row,) = queries.sendings([message.pk])[message.pk]
    assert (sending_row.state, sending_row.address) == ("queued", "dana@example.com")
    assert [row.address for row in queries.outbox(sam).rows] == ["dana@example.com"]
    assert queries.unsent() == {"queued": 1}
    actions.take_back(message, actor=sam.actor)
    assert queries.unsent() == {}
    with pytest.raises(Conflict):
        actions.send_again(message, actor=Actor.system())
