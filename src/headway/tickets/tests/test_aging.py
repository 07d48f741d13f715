"""What time does: snoozes end, silence is noticed, solved tickets close; each once."""

from datetime import timedelta

from headway.events.actor import Actor
from headway.foundation import clock
from headway.people.models import Agent, Customer
from headway.settings.actions import change
from headway.tickets import actions
from headway.tickets.actions import aging
from headway.tickets.tests.desk import NOON, again, answers, asks, story


def test_a_snooze_ends_once(dana: Customer, sam: Agent) -> None:
    with clock.frozen(NOON):
        ticket = actions.snooze(asks(dana), NOON + timedelta(hours=2), actor=sam.actor)
        assert aging.wake_due() == 0
    with clock.frozen(NOON + timedelta(hours=2)):
        assert (aging.wake_due(), aging.wake_due()) == (1, 0)
    assert again(ticket).snoozed_until is None
    assert story(ticket)[-1] == "ticket.woken"


def test_silence_reminds_then_solves(dana: Customer, sam: Agent) -> None:
    change({"remind_after_hours": 48, "remind_times": 2, "solve_waiting_days": 7}, actor=Actor.system())
    with clock.frozen(NOON):
        ticket = answers(sam, asks(dana))
    happened = []
    for hours in range(0, 200, 12):
        with clock.frozen(NOON + timedelta(hours=hours)):
            if aging.remind_or_solve_waiting():
                happened.append(hours)
    assert happened == [48, 96, 168]
    assert again(ticket).category == "solved"
    assert [kind for kind in story(ticket) if kind == "ticket.reminder_due"] == ["ticket.reminder_due"] * 2


def test_a_solved_ticket_closes_after_its_days(dana: Customer, sam: Agent) -> None:
    with clock.frozen(NOON):
        ticket = answers(sam, asks(dana), then="solved")
    with clock.frozen(NOON + timedelta(days=13)):
        assert aging.close_solved() == 0
    with clock.frozen(NOON + timedelta(days=14)):
        assert aging.close_solved() == 1
    assert again(ticket).category == "closed"
