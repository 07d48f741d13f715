"""Clocks through the front door: actions, the journal, and the jobs that follow."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from headway.events.models import Entry
from headway.foundation import clock
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.people.models import Agent, Customer
from headway.sla import actions as sla
from headway.sla import queries
from headway.sla.models import Calendar, Clock, Edition, Target
from headway.sla.rules.editions import policy_of
from headway.sla.rules.targets import DEFAULT_MINUTES, default_policy
from headway.tickets import actions
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import answers, asks, status, writes

Jobs = Callable[[], None]
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours after Monday 10:00."""
    return MONDAY + timedelta(hours=hours)


def due(ticket: Ticket) -> datetime | None:
    row = Clock.objects.filter(ticket=ticket).first()
    return row.due_at if row else None


def test_a_fresh_workspace_keeps_the_default_targets(db: None) -> None:
    content = Edition.objects.get().content
    calendar = queries.calendars().get(is_default=True)
    assert policy_of(content).targets == default_policy(policy_of(content).targets[None, None].calendar).targets
    assert (calendar.zone, calendar.week) == ("UTC", "mon-fri 09:00-17:00")
    assert Target.objects.count() == len(DEFAULT_MINUTES)


def test_a_clock_follows_its_ticket(committed_db: str, run_jobs: Jobs, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        ticket = asks(dana)
    run_jobs()
    assert due(ticket) == at(4)
    with clock.frozen(at(1)):
        actions.set_priority(ticket, Ticket.Priorities.URGENT, actor=sam.actor)
    run_jobs()
    assert due(ticket) == at(1)
    with clock.frozen(at(2)):
        answers(sam, ticket, then="waiting")
    run_jobs()
    assert queries.owed([ticket.pk]) == {}
    with clock.frozen(at(3)):
        writes(dana, ticket, "It still fails.")
    run_jobs()
    assert due(ticket) == at(5)
    with clock.frozen(at(4)):
        actions.set_status(ticket, status("hold"), actor=sam.actor)
    run_jobs()
    owed = queries.owed([ticket.pk])[ticket.pk]
    assert (owed.due_at, owed.left_seconds) == (None, 3600)
    outcomes = queries.clock_of(ticket.pk).outcomes
    assert [(outcome.kind, outcome.kept) for outcome in outcomes] == [("first", False)]


def test_counting_again_changes_nothing(db: None, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        ticket = asks(dana)
    results = []
    for later in (0, 1, 100):
        with clock.frozen(at(later)):
            sla.recount([ticket.pk])
            sla.recount([ticket.pk])
        results.append(list(Clock.objects.values_list("ticket_id", "due_at", "left_seconds")))
    assert results[0] == results[1] == results[2] == [(ticket.pk, at(4), 4 * 3600)]


def test_merge_and_split(db: None, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        old = asks(dana)
    with clock.frozen(at(2)):
        young = asks(dana, "Again")
        merged = actions.merge(old, young, actor=sam.actor)
    sla.recount([old.pk, young.pk])
    assert (due(old), due(young)) == (None, at(4))
    with clock.frozen(at(3)):
        writes(dana, merged, "And how do I export my orders?")
        question = merged.messages.latest("at")
        apart = actions.split(merged, [question.pk], subject="Export", actor=sam.actor)
    with clock.frozen(at(3.5)):
        answers(sam, merged)
    sla.recount([young.pk, apart.pk])
    assert due(young) is None
    assert due(apart) == at(7), "its own four hours, from the split"


def test_spam_owes_nothing(committed_db: str, run_jobs: Jobs, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        ticket = asks(dana)
        actions.suspect(ticket, actor=sam.actor)
    run_jobs()
    assert due(ticket) is None
    actions.clear(ticket, actor=sam.actor)
    run_jobs()
    assert due(ticket) == at(4)


def test_a_change_of_hours_reaches_running_clocks(
    committed_db: str, run_jobs: Jobs, dana: Customer, ada: Agent
) -> None:
    calendar = Calendar.objects.get(is_default=True)
    with clock.frozen(at(0)):
        ticket = asks(dana)
        paused = asks(dana, "Another")
    with clock.frozen(at(1)):
        actions.set_status(paused, status("hold"), actor=ada.actor)
        sla.set_holiday(
            calendar, date(2026, 11, 2), name="Closed for the move", hours_open="09:00-12:00", actor=ada.actor
        )
    run_jobs()
    assert due(ticket) == at(25), "two hours used by noon, two left on Tuesday"
    assert queries.owed([paused.pk])[paused.pk].left_seconds == 3 * 3600
    with clock.frozen(at(1.5)):
        sla.set_target(priority=None, first_minutes=60, next_minutes=60, actor=ada.actor)
        sla.set_target(priority=2, first_minutes=120, next_minutes=60, actor=ada.actor)
    run_jobs()
    assert due(ticket) == at(2)
    before = Edition.objects.count()
    sla.remove_holiday(calendar, date(2026, 12, 24), actor=ada.actor)
    assert Edition.objects.count() == before, "nothing changed, nothing is published"


def test_a_missed_target_is_announced_once(committed_db: str, run_jobs: Jobs, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        ticket = asks(dana)
    run_jobs()
    with clock.frozen(at(4)):
        assert sla.announce_missed() == 0
    with clock.frozen(at(5)):
        assert (sla.announce_missed(), sla.announce_missed()) == (1, 0)
        answers(sam, ticket, then="open")
        writes(dana, ticket, "And now?")
    run_jobs()
    entry = Entry.objects.get(kind="ticket.target_missed")
    assert (entry.ticket_id, entry.at, entry.data["promise"]) == (ticket.pk, at(4), "first")
    with clock.frozen(at(100)):
        assert sla.announce_missed() == 1, "the next promise is another one"


def test_imported_misses_are_not_announced(db: None, dana: Customer) -> None:
    with clock.frozen(at(0)):
        ticket = asks(dana)
    with clock.frozen(at(50)):
        sla.recount([ticket.pk], silent=True)
        assert sla.announce_missed() == 0


def test_the_desk_orders_by_urgency(db: None, dana: Customer, sam: Agent) -> None:
    with clock.frozen(at(0)):
        plain, answered = asks(dana, "Plain"), asks(dana, "Answered")
        urgent = asks(dana, "Urgent")
        actions.set_priority(urgent, Ticket.Priorities.URGENT, actor=sam.actor)
        answers(sam, answered)
    sla.recount([plain.pk, answered.pk, urgent.pk])
    everything = Ticket.objects.all()
    assert [ticket.subject for ticket in queries.due_first(everything)] == ["Urgent", "Plain", "Answered"]
    assert [ticket.subject for ticket in queries.due_before(everything, at(2))] == ["Urgent"]


def test_only_who_manages_settings_changes_targets(db: None, leo: Agent, ada: Agent) -> None:
    calendar = Calendar.objects.get(is_default=True)
    with pytest.raises(Forbidden):
        sla.set_target(first_minutes=1, next_minutes=1, actor=leo.actor)
    with pytest.raises(Invalid):
        sla.save_calendar(
            calendar, name="Office", zone="Mars/Base", week="mon 09:00-17:00", is_default=True, actor=ada.actor
        )
    with pytest.raises(Invalid):
        sla.set_holiday(calendar, date(2026, 12, 24), hours_open="noon", actor=ada.actor)
    with pytest.raises(Conflict):
        sla.archive_calendar(calendar, actor=ada.actor)
    nights = sla.save_calendar(name="Nights", zone="Asia/Tokyo", week="mon-sun 22:00-06:00", actor=ada.actor)
    sla.set_target(channel="chat", first_minutes=5, next_minutes=None, calendar=nights, actor=ada.actor)
    with pytest.raises(Conflict):
        sla.archive_calendar(nights, actor=ada.actor)


def test_snoozed_until_due_goes_with_the_deadline(
    committed_db: str, run_jobs: Jobs, dana: Customer, sam: Agent
) -> None:
    def snoozed() -> datetime | None:
        return Ticket.objects.get(pk=ticket.pk).snoozed_until

    with clock.frozen(at(0)):
        ticket = asks(dana)
        with pytest.raises(Invalid, match="No response is due"):
            sla.snooze_until_due(ticket, actor=sam.actor)
    run_jobs()
    with clock.frozen(at(0.1)):
        sla.snooze_until_due(ticket, actor=sam.actor)
        assert snoozed() == at(3.5)
        actions.set_priority(ticket, Ticket.Priorities.LOW, actor=sam.actor)
    run_jobs()
    later = due(ticket)
    assert later is not None
    assert (later > at(8), snoozed()) == (True, later - timedelta(minutes=30))
    # an earlier one that is closer than that brings it back
    with clock.frozen(at(0.6)):
        actions.set_priority(ticket, Ticket.Priorities.URGENT, actor=sam.actor)
    run_jobs()
    assert (due(ticket), snoozed()) == (at(1), at(0.5))
    # another snooze since then is nobody's but its own
    with clock.frozen(at(0.7)):
        actions.snooze(ticket, at(30), actor=sam.actor)
        actions.set_priority(ticket, Ticket.Priorities.LOW, actor=sam.actor)
    run_jobs()
    assert snoozed() == at(30)
