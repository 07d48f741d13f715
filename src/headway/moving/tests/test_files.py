"""Files of five help desks come with their messages, once, and what could not be had is counted and said."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketFilesErased
from headway.foundation import files
from headway.insight.sources import carrying
from headway.insight.sources.tests import storage
from headway.insight.sources.tests.desks import Asked, Desk, fine, moved, serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.insight.sources.tests.help_scout import HelpScout
from headway.insight.sources.tests.intercom import Intercom
from headway.insight.sources.tests.zammad import Zammad
from headway.insight.sources.tests.zendesk import Zendesk, attached
from headway.moving.models import Problem, Run
from headway.moving.queries.runs import is_whole
from headway.moving.tests.test_others import fetched
from headway.tickets.models import Message, MessageFile, Origin

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with storage.storing(monkeypatch, tmp_path_factory.mktemp("keys")) as found:
        yield found


def here() -> list[tuple[str, bytes]]:
    rows = MessageFile.objects.order_by("name", "pk").values_list("name", "sha256")
    return [(name, files.read(sha256)) for name, sha256 in rows]


def counted(run: Run) -> dict[str, int]:
    return {name: number for name, number in run.counts["file"].items() if number}


@pytest.mark.parametrize(
    ("kind", "make", "secret", "key", "expected"),
    [
        ("freshdesk", Freshdesk, "sesame", "1", 5),
        ("intercom", Intercom, "sesame", "1", 3),
        ("helpscout", HelpScout, "app:sesame", "4501", 3),
        ("zammad", Zammad, "sesame", "45001", 3),
    ],
)
def test_files_come_with_their_messages_once(
    kind: str,
    make: Callable[[], Any],
    secret: str,
    key: str,
    expected: int,
    store: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", secret)
    help_desk = make()
    help_desk.files = storage.ADDRESS
    with serving(help_desk) as desk:
        run = fetched(kind, desk)
        assert is_whole(run), run.counts
        assert counted(run) == {"source": expected, "new": expected, "here": expected}
        told = Origin.objects.get(number=key).ticket.messages.get(text__startswith="Order 12.")
        (file,) = told.files.all()
        assert (told.text, file.media_type, files.read(file.sha256)[:1]) == ("Order 12.", "text/plain", b"f")
        before, asked = here(), len(store.asked)
        again = fetched(kind, desk)
        assert counted(again) == {"source": expected, "same": expected, "here": expected}
        assert (here(), len(store.asked)) == (before, asked)


def test_what_cannot_be_had_is_counted_and_said(store: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "LARGEST", 4)
    zendesk = Zendesk()
    zendesk.files = {
        "/f/good": fine(b"f901"),
        "/f/gone": (404, {}, {}),
        "/f/closed": (403, {}, {}),
        "/f/large": fine(b"f1234"),
        "/f/moved": moved(f"{storage.ADDRESS}/903"),
        "/f/inside": moved("https://10.0.0.5/f"),
    }
    for number, place in enumerate(zendesk.files, start=1):
        attached(zendesk, number, f"http://desk.invalid{place}")
    with serving(zendesk) as desk:
        for number, place in enumerate(zendesk.files, start=1):
            zendesk.events[number * 2 - 2]["child_events"][1]["attachments"][0]["content_url"] = (
                f"http://127.0.0.1:{desk.port}{place}"
            )
        run = fetched("zendesk", desk)
        assert is_whole(run), run.counts
        assert counted(run) == {"source": 6, "new": 2, "reported": 4, "here": 2}
        said = Problem.objects.filter(run=run, kind="file").order_by("key").values_list("key", "reason")
        assert {key: reason.partition(";")[0] for key, reason in said} == {
            "920": "the file is gone there",
            "930": "the old system refuses the file",
            "940": "the file is too large",
            "960": "the file's address may not be asked",
        }
        assert f"[920.txt: http://127.0.0.1:{desk.port}/f/gone]" in Message.objects.get(text__contains="920.txt").text
        assert here() == [("910.txt", b"f901"), ("950.txt", b"f903")]
        zendesk.files["/f/gone"] = fine(b"f920")
        zendesk.events[2]["child_events"][1]["body"] = "Money back, please?"
        zendesk.events.append({**zendesk.events[2], "timestamp": zendesk.events[-1]["timestamp"] + 1})
        later = fetched("zendesk", desk)
        assert counted(later) == {"source": 6, "new": 1, "same": 2, "reported": 3, "here": 3}
        assert ("920.txt", b"f920") in here()
        assert Message.objects.get(text__startswith="Money back, please").text == "Money back, please?"


def test_broken_off_at_any_file_it_goes_on(store: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    help_desk = Freshdesk()
    help_desk.files = storage.ADDRESS
    carry, asked = carrying._taken, list[Asked]()

    def breaking(*given: Any) -> Any:
        asked.append(given[1])
        if len(asked) in (1, 3, 6):
            raise KeyboardInterrupt
        return carry(*given)

    monkeypatch.setattr(carrying, "_taken", breaking)
    with serving(help_desk) as desk:
        for _time in range(3):
            with pytest.raises(KeyboardInterrupt):
                fetched("freshdesk", desk)
        run = fetched("freshdesk", desk)
    assert is_whole(run), run.counts
    assert counted(run) == {"source": 5, "new": 5, "here": 5}
    assert len(here()) == MessageFile.objects.count() == 5


def test_names_of_files_open_no_others(store: Desk) -> None:
    """A file whose name is the number of another one is not that one."""
    zendesk = Zendesk()
    attached(zendesk, 1, f"{storage.ADDRESS}/901")
    attached(zendesk, 2, "http://storage.example/910", file_name="910")
    with serving(zendesk) as desk:
        run = fetched("zendesk", desk)
    assert counted(run) == {"source": 2, "new": 1, "reported": 1, "here": 1}
    assert [name for name, _data in here()] == ["910.txt"]


def test_files_of_a_ticket_that_stays_are_said_so(store: Desk) -> None:
    """Taken off here, they do not come again."""
    zendesk = Zendesk()
    attached(zendesk, 1, f"{storage.ADDRESS}/901")
    with serving(zendesk) as desk:
        fetched("zendesk", desk)
        MessageFile.objects.all().delete()
        with transaction.atomic():
            erased = TicketFilesErased(ticket_id=Origin.objects.get(number="1").ticket_id, files=1)
            journal.record(erased, actor=Actor.system())
        zendesk.tickets[0]["subject"] = "Refund, please"
        run = fetched("zendesk", desk)
    assert is_whole(run), run.counts
    assert counted(run) == {"source": 1, "reported": 1}
    assert Problem.objects.get(run=run, kind="file").reason == "its ticket is left as it is here"
