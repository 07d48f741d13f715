"""Followers and schedules of the store."""

from contextlib import suppress

from headway.events.actor import Actor
from headway.events.event import Recorded
from headway.events.vocabulary.customers import CustomersMerged, CustomersParted
from headway.foundation.errors import HeadwayError
from headway.foundation.jobs import job, schedule
from headway.people.models import Agent, Team
from headway.tickets.actions import aging, assignment, requesters, work
from headway.tickets.queries import usage


def follow_merged_customer(entry: Recorded[CustomersMerged]) -> None:
    """After two records of a customer became one: the tickets of the one belong to the other."""
    requesters.move_all(entry.event.subject_id, entry.event.into_id, actor=Actor.system())


def follow_parted_customer(entry: Recorded[CustomersParted]) -> None:
    """After a merge of customers was taken back: the tickets it moved return."""
    event = entry.event
    requesters.move_back(event.merge_id, event.from_id, event.subject_id, actor=Actor.system())


@job("tickets.hand_on")
def hand_on(kind: str, giver: int, taker: int, by: int, role: str) -> None:
    """Gives every open ticket of an agent or a team to another one (0: to none). What is given already stays given."""
    actor = Actor.agent(by, role) if by else Actor.system()
    agent = Agent.objects.filter(pk=taker).first() if kind == "agent" else None
    team = Team.objects.filter(pk=taker).first() if kind == "team" else None
    for ticket in usage.unfinished_of(kind, giver):
        # one that was closed or merged meanwhile, or whose taker left, stays where it is
        with suppress(HeadwayError):
            if kind == "agent":
                assignment.assign(ticket, agent, actor=actor)
            else:
                assignment.set_team(ticket, team, actor=actor)


@schedule("tickets.wake", "* * * * *")
def wake() -> None:
    """Every minute: snoozes that have ended."""
    aging.wake_due()


@schedule("tickets.send_later", "* * * * *")
def send_later() -> None:
    """Every minute: replies whose time has come."""
    aging.send_due()


@schedule("tickets.notice_silence", "*/10 * * * *")
def notice_silence() -> None:
    """Every ten minutes: customers who have not answered."""
    aging.remind_or_solve_waiting()


@schedule("tickets.record_work", "* * * * *", while_held=True)
def record_work() -> None:
    """Every minute: visits to tickets that have ended go into the journal with their active time."""
    while work.record_ended(actor=Actor.system()) == work.BATCH:
        pass


@schedule("tickets.close", "23 * * * *")
def close() -> None:
    """Every hour: tickets solved long enough ago."""
    aging.close_solved()
