"""Whatever happens to a ticket, in whatever order: its row agrees with its journal and its conversation."""

from datetime import timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.events.models import Entry
from headway.foundation import clock
from headway.foundation.errors import HeadwayError
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, aging
from headway.tickets.models import Message, Ticket
from headway.tickets.tests.desk import NOON, again, answers, asks, status, writes

STEP = st.sampled_from(
    [
        "customer", "thanks", "robot", "stranger", "reply", "reply and wait", "reply and solve", "open", "hold",
        "solve", "close", "snooze", "wake", "suspect", "clear", "assign", "tag", "note", "two weeks",
    ]
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(st.tuples(STEP, st.integers(1, 72)), max_size=14))
def test_the_row_agrees_with_the_journal(
    dana: Customer, chen: Customer, sam: Agent, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        at = NOON
        with clock.frozen(at):
            first = asks(dana)
        for step, hours in steps:
            at += timedelta(hours=hours)
            with clock.frozen(at):
                _do(step, again(first), dana, chen, sam)
        for ticket in Ticket.objects.all():
            _check(ticket)
        transaction.set_rollback(True)


def _do(step: str, ticket: Ticket, dana: Customer, chen: Customer, sam: Agent) -> None:
    moves = {"open": "open", "hold": "hold", "solve": "solved", "close": "closed"}
    try:
        with transaction.atomic():
            match step:
                case "customer":
                    writes(dana, ticket, "It happens again and again.")
                case "thanks":
                    writes(dana, ticket, "Thank you!")
                case "robot":
                    writes(dana, ticket, "I am away.", automatic=True)
                case "stranger":
                    writes(chen, ticket, "Let me in.", held=True)
                case "reply":
                    answers(sam, ticket, then=None)
                case "reply and wait":
                    answers(sam, ticket)
                case "reply and solve":
                    answers(sam, ticket, then="solved")
                case "snooze":
                    actions.snooze(ticket, clock.now() + timedelta(hours=5), actor=sam.actor)
                case "wake":
                    actions.wake(ticket, actor=sam.actor)
                case "suspect":
                    actions.suspect(ticket, actor=sam.actor)
                case "clear":
                    actions.clear(ticket, actor=sam.actor)
                case "assign":
                    actions.assign(ticket, sam, actor=sam.actor)
                case "tag":
                    actions.tag(ticket, ["vip"], actor=sam.actor)
                case "note":
                    actions.note(ticket, "Looks odd.", actor=sam.actor)
                case "two weeks":
                    with clock.frozen(clock.now() + timedelta(days=14)):
                        aging.close_solved()
                case _:
                    actions.set_status(ticket, status(moves[step]), actor=sam.actor)
    except HeadwayError:
        pass  # refused: the ticket stays as it was


def _check(ticket: Ticket) -> None:
    assert ticket.category == ticket.status.category
    entries = list(Entry.objects.filter(ticket_id=ticket.pk).order_by("id"))
    moved = [entry.data["to_category"] for entry in entries if entry.kind == "ticket.status_changed"]
    assert ticket.category == (moved[-1] if moved else "new")
    solved = [entry for entry in entries if entry.kind == "ticket.solved"]
    if ticket.category == "solved":
        assert ticket.solved_at == solved[-1].at
    if ticket.category in ("new", "open", "waiting", "hold"):
        assert ticket.solved_at is None
    if ticket.category in ("solved", "closed"):
        assert ticket.waiting_since is None
    messages = list(Message.objects.filter(ticket=ticket).order_by("at", "id"))
    assert len(messages) == sum(entry.kind in ("message.received", "message.written") for entry in entries)
    ours = [message.at for message in messages if message.direction == "out"]
    assert ticket.first_replied_at == (ours[0] if ours else None)
    assert ticket.active_at == max(message.at for message in messages if not message.held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_searchentry WHERE ticket_id = %s", [ticket.pk])
        assert cursor.fetchone()[0] == len(messages) + ticket.notes.count()


def test_two_people_at_once_both_land_or_one_is_told(committed_db: str, dana: Customer, sam: Agent) -> None:
    """Eight threads answer the same version: one wins, seven are told, nothing is half written."""
    import threading

    ticket = asks(dana)
    seen, results = ticket.version, []

    def answer() -> None:
        try:
            actions.reply(ticket, Words(text="Mine"), actor=sam.actor, expected=seen)
            results.append("sent")
        except HeadwayError as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["conflict"] * 7 + ["sent"]
    assert Message.objects.filter(ticket=ticket, direction="out").count() == 1
    assert again(ticket).version > seen
