"""Old mail brought in: every shape of archive, once, silently, with its times."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from headway.events.models import Entry
from headway.foundation import files
from headway.intake.email import archives, claiming, importing, pasts
from headway.intake.email.book import Conversation
from headway.intake.email.children import Pool
from headway.intake.email.importing import Counts
from headway.intake.email.parse.whole import Care
from headway.intake.email.pasts import World
from headway.intake.email.tests import corpora
from headway.intake.email.wire import Outcome
from headway.intake.models import RawMail
from headway.intake.tests.letters import arrive, letter, message_of
from headway.people.models import Agent, Brand, BrandAddress
from headway.tickets.actions.history import Past
from headway.tickets.models import Message, Ticket

pytestmark = pytest.mark.usefixtures("db")

MARCH = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
FROM = b"From dana@example.com Tue Mar  3 09:00:00 2026\n"


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., Counts]:
    """Imports mails from files of their own, or whatever lies in a folder."""

    def run(*raws: bytes, close_after: timedelta | None = None) -> Counts:
        for number, raw in enumerate(raws):
            (tmp_path / f"{number:03}.eml").write_bytes(raw)
        return importing.run([tmp_path], progress=lambda _part, _done: None, close_after=close_after)

    return run


def dated(text: str, minutes: int, *headers: str, **options: str) -> bytes:
    at = MARCH + timedelta(minutes=minutes)
    return letter(text, f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000", *headers, **options)


def figures(counts: Counts) -> tuple[int, ...]:
    return (counts.read, counts.messages, counts.tickets, counts.joined, counts.duplicates, counts.quarantined)


def conversation() -> list[bytes]:
    return [
        dated("one", 0, message_id="c1@example.com"),
        dated("two", 5, "In-Reply-To: <c1@example.com>", message_id="c2@example.com"),
        dated("three", 9, "References: <c1@example.com> <c2@example.com>"),
    ]


def test_files_become_tickets_with_their_times_silently(bring: Callable[..., Counts]) -> None:
    assert figures(bring(*conversation(), dated("other", 3))) == (4, 4, 2, 2, 0, 0)
    ticket = Ticket.objects.order_by("created_at").first()
    assert ticket is not None
    assert [message.text for message in ticket.messages.order_by("at")] == ["one", "two", "three"]
    assert (ticket.created_at, ticket.active_at, ticket.waiting_since) == (
        MARCH,
        MARCH + timedelta(minutes=9),
        MARCH,
    )
    assert {entry.at for entry in Entry.objects.filter(ticket_id=ticket.pk, kind="message.received")} == {
        MARCH + timedelta(minutes=minutes) for minutes in (0, 5, 9)
    }
    assert ProcrastinateJob.objects.count() == 0


def test_brought_again_nothing_is_doubled(bring: Callable[..., Counts]) -> None:
    mails = conversation()
    bring(*mails)
    assert figures(bring(*mails)) == (3, 0, 0, 0, 3, 0)
    assert Message.objects.count() == 3


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_a_conversation_joins_in_any_order_over_several_imports(
    bring: Callable[..., Counts], tmp_path: Path, order: tuple[int, ...]
) -> None:
    mails = conversation()
    for number in order:
        bring(mails[number])
    standing = Ticket.objects.filter(merged_into__isnull=True)
    assert [ticket.messages.count() for ticket in standing] == [3]


def test_wrong_dates_do_not_part_a_conversation(bring: Callable[..., Counts]) -> None:
    first = dated("one", 600, message_id="late@example.com")
    bring(
        dated("two", 0, "In-Reply-To: <late@example.com>"), first, dated("three", 1, "In-Reply-To: <late@example.com>")
    )
    assert [ticket.messages.count() for ticket in Ticket.objects.all()] == [3]


def test_import_and_live_mail_meet(bring: Callable[..., Counts]) -> None:
    bring(conversation()[0])
    joined = message_of(letter("live", "In-Reply-To: <c1@example.com>"))
    assert joined.ticket_id == Ticket.objects.get().pk
    assert figures(bring(*conversation())) == (3, 2, 0, 2, 1, 0)


def test_our_own_old_answers_are_ours(bring: Callable[..., Counts], sam: Agent) -> None:
    brand = Brand.objects.create(name="Shop", slug="shop")
    BrandAddress.objects.create(brand=brand, address="help@desk.example")
    ours = dated("Try again", 30, "In-Reply-To: <c1@example.com>", sender="sam@desk.example", to="dana@example.com")
    bring(conversation()[0], ours)
    ticket = Ticket.objects.get()
    answer = ticket.messages.get(direction="out")
    assert (answer.agent_id, ticket.category, ticket.brand) == (sam.pk, "solved", brand)
    assert ticket.customer is not None
    assert ticket.customer.name == "Dana Example"
    assert ticket.first_replied_at == answer.at == MARCH + timedelta(minutes=30)


def test_tickets_silent_for_long_may_be_closed(bring: Callable[..., Counts]) -> None:
    bring(letter("old", "Date: Tue, 3 Mar 2020 09:00:00 +0000"), close_after=timedelta(days=365))
    assert Ticket.objects.get().category == "closed"


def test_many_answers_to_one_bulk_mail_stay_apart(bring: Callable[..., Counts]) -> None:
    news = dated("News", 0, "List-Id: <n.example>", message_id="news@example.com", sender="news@example.org")
    answers = [
        dated("Hi", 5 + number, "In-Reply-To: <news@example.com>", sender=f"p{number}@example.net")
        for number in range(3)
    ]
    assert figures(bring(news, *answers))[2] == 4


def test_folders_mbox_and_maildir_are_read(tmp_path: Path, bring: Callable[..., Counts]) -> None:
    for name in ("box/cur", "box/new", "box/tmp", "box/.Archive/cur", "box/.Archive/new", "deep/er"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "box/cur/1:2,S").write_bytes(letter("maildir"))
    (tmp_path / "box/.Archive/new/2").write_bytes(letter("sub-folder"))
    (tmp_path / "box/tmp/3").write_bytes(letter("not delivered yet"))
    (tmp_path / "box/dovecot-uidlist").write_text("3 V1 N1")
    (tmp_path / "deep/er/4.eml").write_bytes(letter("deep"))
    quoted = letter("first\n>From the start").replace(b"\r\n", b"\n")
    (tmp_path / "old.mbox").write_bytes(FROM + quoted + b"\n" + FROM + letter("second").replace(b"\r\n", b"\n"))
    counts = bring()
    assert (counts.read, counts.messages) == (5, 5)
    assert set(Message.objects.values_list("text", flat=True)) == {
        "maildir",
        "sub-folder",
        "deep",
        "first\nFrom the start",
        "second",
    }


def test_a_line_that_begins_with_from_does_not_part_a_mail(tmp_path: Path) -> None:
    (tmp_path / "one.mbox").write_bytes(FROM + b"Subject: x\n\nHello\n\nFrom here on it is late.\n")
    (found,) = archives.read([tmp_path / "one.mbox"])
    assert found.raw.endswith(b"From here on it is late.\n")


def test_what_is_no_mail_is_kept_and_reported(bring: Callable[..., Counts], tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    (tmp_path / "notes.txt").write_text("Just a text without headers")
    (tmp_path / "empty.eml").write_bytes(b"")
    counts = bring(letter("fine"))
    assert figures(counts) == (4, 1, 1, 0, 0, 3)
    row = RawMail.objects.filter(state="quarantined").order_by("-size").first()
    assert row is not None
    assert files.exists(row.sha256)
    assert "no mail" in row.error


def test_a_path_that_does_not_exist_is_told(bring: Callable[..., Counts], tmp_path: Path) -> None:
    counts = importing.run([tmp_path / "gone.eml"], progress=lambda _part, _done: None)
    assert [one["reason"] for one in counts.unreadable] == ["There is no such file."]


def test_an_interrupted_import_goes_on(bring: Callable[..., Counts], tmp_path: Path) -> None:
    number, counts = 7, Counts()
    mails = conversation()
    for index, raw in enumerate(mails):
        (tmp_path / f"{index:03}.eml").write_bytes(raw)
    importing.take(archives.read([tmp_path]), number, counts, lambda _part, _done: None)
    assert {row.state for row in RawMail.objects.all()} == {"stored"}
    assert figures(bring(*mails)) == (3, 3, 1, 2, 0, 0)


def test_what_is_no_mail_is_put_aside_also_where_a_kill_came_between(
    bring: Callable[..., Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(_raw_id: int, _error: str) -> None:
        raise Killed

    both = (b"\x89PNG\r\n\x1a\n....", letter("fine"))
    with monkeypatch.context() as killing:
        killing.setattr(claiming, "quarantine", dies)
        with pytest.raises(Killed):
            bring(*both)
    counts = bring(*both)
    assert (*figures(counts), counts.aside) == (2, 1, 1, 0, 0, 1, [])
    counts = bring(*both)
    aside = RawMail.objects.get(state="quarantined")
    assert (*figures(counts), counts.aside) == (2, 0, 0, 0, 2, 0, [aside.pk])


def test_one_bad_mail_of_a_batch_is_put_aside_alone(
    bring: Callable[..., Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    past_of = pasts.past_of

    def failing(conversation: Conversation, world: World) -> Past:
        if any(entry.mail.text == "poison" for entry in conversation.entries):
            raise ValueError("refused")
        return past_of(conversation, world)

    monkeypatch.setattr("headway.intake.email.history.past_of", failing)
    assert figures(bring(dated("a", 0), dated("poison", 1), dated("b", 2))) == (3, 2, 2, 0, 0, 1)
    assert RawMail.objects.get(state="quarantined").error == "ValueError: refused"


def test_a_deadly_mail_of_an_import_is_put_aside_alone(
    bring: Callable[..., Counts], monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = Pool.parse

    def deadly(pool: Pool, raws: Sequence[bytes], care: Care = Care.FULL) -> list[Outcome]:
        outcomes = parse(pool, raws, care)
        return [
            Outcome(error="killed", fatal=True) if b"poison" in raw else one
            for raw, one in zip(raws, outcomes, strict=True)
        ]

    monkeypatch.setattr(Pool, "parse", deadly)
    assert figures(bring(dated("a", 0), dated("poison", 1), dated("b", 2))) == (3, 2, 2, 0, 0, 1)


def test_the_same_mail_in_two_folders_is_one_message(bring: Callable[..., Counts]) -> None:
    raw = dated("one", 0, message_id="twice@example.com")
    assert figures(bring(raw, raw, b"X-Folder: Sent\r\n" + raw)) == (3, 1, 1, 0, 2, 0)


def test_live_mail_that_came_before_is_known(bring: Callable[..., Counts]) -> None:
    raw = letter("one")
    arrive(raw)
    assert figures(bring(raw)) == (1, 0, 0, 0, 1, 0)


@pytest.mark.long
def test_every_file_of_the_corpora_is_taken_and_counted() -> None:
    paths = [path for path in corpora.FOLDER.iterdir() if path.is_dir()]
    corpora.files()
    counts = importing.run(paths, progress=lambda _part, _done: None)
    assert counts.read == sum(1 for path in corpora.FOLDER.rglob("*") if path.is_file())
    assert counts.read == counts.messages + counts.duplicates + counts.quarantined
    assert counts.messages > 480
    again = importing.run(paths, progress=lambda _part, _done: None)
    assert (again.messages, again.duplicates) == (0, counts.read)
