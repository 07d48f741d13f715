"""Long conversations fold; everything that happened stands in them for who asks."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from headway.events.actor import Actor
from headway.events.journal import Draft, record_many
from headway.events.vocabulary.tickets import TicketTagged
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Reading, Ticket
from headway.tickets.queries import setup
from headway.web.desk.folding import Fold, folded, key, part
from headway.web.desk.story import Line
from headway.web.desk.tests.conftest import HTMX, Ask, At
from headway.web.desk.timeline import Entry, Happened, Said

MINUTE = timedelta(minutes=1)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def said(number: int) -> Said:
    """A message."""
    return Said(kind="message", id=number, author="Dana", at=AT, text="Hello")


def words(entries: list[Entry | Fold] | None) -> str:
    """What stands there: keys, "." for what happened, "[n after before]" for a fold."""
    assert entries is not None
    return " ".join(
        f"[{each.count} {each.after}-{each.before}]" if isinstance(each, Fold) else key(each) or "." for each in entries
    )


def long(count: int) -> list[Entry]:
    """So many messages, something happening after each third."""
    kept: list[Entry] = []
    for number in range(1, count + 1):
        kept.append(said(number))
        if number % 3 == 0:
            kept.append(Happened([Line("tag", "x", AT)]))
    return kept


def test_the_latest_stand_there_and_the_rest_is_counted() -> None:
    shown = words(folded(long(40), 7))
    assert shown.startswith("[28 -m29] m29 m30 . m31")
    assert shown.endswith("m40")
    assert "[" not in words(folded(long(15), 7))  # three are not worth a fold


def test_the_first_unread_stands_there_too() -> None:
    shown = words(folded(long(60), 7, ("message", 10)))
    assert shown.startswith("[9 -m10] m10 m11 m12 . m13")
    assert "m21 . [27 m21-m49] m49" in shown
    assert words(folded(long(60), 7, ("message", 40))).count("[") == 1


def test_a_fold_opens_from_its_end() -> None:
    everything = long(60)
    shown = words(part(everything, 7, "", "m49"))
    assert shown.startswith("[28 -m29] m29")
    assert shown.endswith("m48 .")
    assert words(part(everything, 7, "", "m29", most=200)).startswith("m1 m2 m3 . m4")
    between = words(part(everything, 7, "m21", "m49"))
    assert between.startswith("[7 m21-m29] m29")


def test_a_link_reaches_into_a_fold() -> None:
    everything = long(60)
    assert words(part(everything, 7, "", "m49", reach="m20")).startswith("[19 -m20] m20 m21 .")
    assert part(everything, 7, "", "m49", reach="m55") is None
    assert part(everything, 7, "", "m49", reach="n20") is None
    far = words(part(long(400), 7, "", "m389", reach="m5"))
    assert far.startswith("[4 -m5] m5")
    assert "[364 m24-m389]" in far


@pytest.fixture
def client(at_desk: At, sam: Agent) -> Client:
    """Sam's."""
    return at_desk(sam)


@pytest.fixture
def talk(ask: Ask, dana: Customer) -> Ticket:
    """Forty messages."""
    ticket = ask(dana, text="The first.")
    for number in range(39):
        actions.receive(ticket, Words(text=f"Word {number}."), customer=dana, actor=Actor.customer(dana.pk))
    return ticket


def test_the_server_brings_what_is_folded_in_steps(client: Client, talk: Ticket) -> None:
    page = client.get(f"/desk/tickets/{talk.pk}", headers=HTMX).content.decode()
    assert page.count("<article") == 12
    first, *_rest, last = Message.objects.order_by("pk").values_list("pk", flat=True)
    address = page.split('data-fold="')[1].split('"')[0].replace("&amp;", "&")
    step = client.get(address, headers=HTMX).content.decode()
    assert step.count("<article") == 20
    assert "8 earlier messages" in step
    assert f'id="message-{first}"' in client.get(f"{address}&reach=m{first}").content.decode()
    assert client.get(f"{address}&reach=m{last}").status_code == 204
    assert client.get(f"/desk/tickets/{talk.pk}/earlier?most=x&before=m1").status_code == 200


@pytest.fixture
def endless(ask: Ask, sam: Agent, dana: Customer) -> Ticket:
    """A thousand messages, every tenth ours with a tag put on after it, and one note that nobody has read."""
    ticket = ask(dana, text="The first.")
    began = ticket.created_at
    rows = Message.objects.bulk_create([
        Message(
            ticket=ticket, channel="email", at=began + number * MINUTE, text=f"Word {number}.",
            **({"direction": "in", "customer": dana} if number % 10 else {"direction": "out", "agent": sam}),
        )
        for number in range(1, 1000)
    ])  # fmt: skip
    drafts = [
        Draft(event=TicketTagged(ticket_id=ticket.pk, tag_ids=(1,)), actor=sam.actor, at=row.at) for row in rows[9::10]
    ]
    with transaction.atomic():
        record_many(drafts, silent=True)
    Reading.objects.create(agent=sam, ticket=ticket, message_id=rows[499].pk, note_id=0, at=began)
    return ticket


def rows_read(client: Client, address: str) -> tuple[str, int]:
    """The page, and how many rows the database returned for it."""
    read = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal read
        done = execute(sql, params, many, context)
        read += max(context["cursor"].rowcount, 0)
        return done

    with connection.execute_wrapper(count):
        page = client.get(address, headers=HTMX).content.decode()
    return page, read


def test_a_thousand_messages_are_never_read_whole(client: Client, endless: Ticket) -> None:
    here = f"/desk/tickets/{endless.pk}"
    page, read = rows_read(client, here)
    ids = list(Message.objects.order_by("at").values_list("pk", flat=True))
    shown = [int(number) for number in re.findall(r'id="message-(\d+)"', page)]
    # the first twelve that are unread, and the last twelve
    assert shown == ids[501:513] + ids[-12:]
    assert ("501 earlier messages" in page, "475 earlier messages" in page) == (True, True)
    assert read < 120
    address = unescape(page.split('data-fold="')[2].split('"')[0])
    step, read = rows_read(client, address)
    assert [int(number) for number in re.findall(r'id="message-(\d+)"', step)] == ids[-32:-12]
    assert ("455 earlier messages" in step, step.count("added"), read < 120) == (True, 2, True)
    reached, read = rows_read(client, f"{address}&reach=m{ids[600]}")
    assert f'id="message-{ids[600]}"' in reached
    assert ("87 earlier messages" in reached, read < 120) == (True, True)
    # what came since, and how far somebody has seen it
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert seen.startswith(f"{max(ids)}.0.")
    changes, read = rows_read(client, f"{here}/changes?seen={seen}")
    assert (changes.count("<article"), read < 80) == (0, True)
    everything, read = rows_read(client, f"{here}/earlier?before=m{ids[20]}&most=200")
    assert [int(number) for number in re.findall(r'id="message-(\d+)"', everything)] == ids[:20]


def test_a_long_message_is_cut(client: Client, ask: Ask, dana: Customer) -> None:
    ticket = ask(dana, text="Line\n" * 100)
    assert "Show all" in client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    short = ask(dana, text="Line\n" * 20)
    assert "Show all" not in client.get(f"/desk/tickets/{short.pk}", headers=HTMX).content.decode()


def test_everything_that_happened_on_request(client: Client, sam: Agent, mia: Agent, ask: Ask, dana: Customer) -> None:
    ticket = ask(dana)
    actions.reply(ticket, Words(text="Done"), actor=mia.actor, status=setup.status_for("solved"))
    here = f"/desk/tickets/{ticket.pk}"
    assert "The ticket began" not in client.get(here, headers=HTMX).content.decode()
    page = client.post(f"{here}/journal", headers=HTMX).content.decode()
    for line in ("The ticket began", "Mia solved the ticket"):
        assert line in page
    assert 'aria-checked="true"' in page.split("Show everything that happened")[0].rsplit("<button", 1)[1]
    sam.refresh_from_db()
    assert sam.habits["journal"] == "all"
    # on every ticket, and for them alone
    other = ask(dana)
    assert "The ticket began" in client.get(f"/desk/tickets/{other.pk}", headers=HTMX).content.decode()
    assert "The ticket began" not in client.delete(f"{here}/journal", headers=HTMX).content.decode()
    sam.refresh_from_db()
    assert "journal" not in sam.habits
