"""What time does to tickets: snoozes end, silence is noticed, solved tickets close. Called by the schedules."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import ReminderDue, TicketWoken
from headway.foundation.clock import now
from headway.settings import queries as settings
from headway.tickets.actions import scheduling
from headway.tickets.actions.opening import default_status, touched
from headway.tickets.actions.status import move
from headway.tickets.models import Ticket
from headway.tickets.models.stays import ELSEWHERE
from headway.tickets.queries import falling_due
from headway.tickets.queries.visibility import standing
from headway.tickets.rules.transitions import UNSOLVED, Category

# Each ticket has a transaction of its own, so none waits for another; a run takes at most this many.
MOST = 500


def wake_due() -> int:
    """Brings back the tickets whose snooze has ended; returns how many."""

    def wake(ticket: Ticket, at: datetime) -> bool:
        if ticket.snoozed_until is None or ticket.snoozed_until > at:
            return False
        ticket.snoozed_until, ticket.returned = None, Ticket.Returns.TIME
        touched(ticket, "snoozed_until", "returned")
        journal.record(TicketWoken(ticket_id=ticket.pk, by="time"), actor=Actor.system())
        return True

    due = _ours().filter(snoozed_until__lte=now(), category__in=UNSOLVED)
    return _each(list(due.order_by("snoozed_until").values_list("pk", flat=True)[:MOST]), wake)


def send_due() -> int:
    """Sends the replies whose time has come, or holds them back; returns how many left."""
    return sum(scheduling.come_due(number) for number in falling_due.due(MOST))


def remind_or_solve_waiting() -> int:
    """Notices customers who stay silent: reminders fall due, then the ticket is solved. Returns how many it touched.

    Silence begins with our last message. `remind_times` reminders fall due, each `remind_after_hours` after the one
    before; `solve_waiting_days` solves the ticket. Either is off at 0.
    """
    rules = settings.current()
    waits = [timedelta(hours=rules.remind_after_hours)] if rules.remind_after_hours and rules.remind_times else []
    waits += [timedelta(days=rules.solve_waiting_days)] if rules.solve_waiting_days else []
    if not waits:
        return 0

    def notice(ticket: Ticket, at: datetime) -> bool:
        if ticket.category != Category.WAITING:
            return False
        silence = at - ticket.active_at
        if rules.solve_waiting_days and silence >= timedelta(days=rules.solve_waiting_days):
            move(ticket, default_status(Category.SOLVED), actor=Actor.system(), at=at, reason="silence")
            return True
        step = timedelta(hours=rules.remind_after_hours)
        if (
            rules.remind_after_hours
            and ticket.reminded < rules.remind_times
            and silence >= step * (ticket.reminded + 1)
        ):
            ticket.reminded += 1
            touched(ticket, "reminded")
            journal.record(ReminderDue(ticket_id=ticket.pk, number=ticket.reminded), actor=Actor.system())
            return True
        return False

    silent = standing(_ours().filter(category=Category.WAITING, active_at__lte=now() - min(waits)))
    return _each(list(silent.order_by("active_at").values_list("pk", flat=True)[: MOST * 4]), notice)


def close_solved() -> int:
    """Closes tickets that have been solved for `close_days`; returns how many."""
    days = settings.current().close_days

    def close(ticket: Ticket, at: datetime) -> bool:
        if ticket.category != Category.SOLVED or ticket.solved_at is None:
            return False
        if at - ticket.solved_at < timedelta(days=days):
            return False
        move(ticket, default_status(Category.CLOSED), actor=Actor.system(), at=at, reason="time")
        return True

    # the row has not changed since it was solved or later, so the index on (category, updated_at) finds the old ones
    old = _ours().filter(category=Category.SOLVED, solved_at__lte=now() - timedelta(days=days))
    return _each(list(old.order_by("updated_at").values_list("pk", flat=True)[:MOST]), close)


def _ours() -> QuerySet[Ticket]:
    """Without those that are answered in another system, which ages them itself."""
    return Ticket.objects.annotate(elsewhere=ELSEWHERE).filter(elsewhere=False)


def _each(ids: list[int], change: Callable[[Ticket, datetime], bool]) -> int:
    done = 0
    for ticket_id in ids:
        with transaction.atomic():
            # one that a person has open right now is left for the next run
            ticket = _ours().select_for_update(skip_locked=True).filter(pk=ticket_id).first()
            if ticket is not None and change(ticket, now()):
                done += 1
    return done
