"""What there is of sample data, and what is being done about it."""

from dataclasses import dataclass

from headway.people.models import Agent
from headway.simulator.models import Run
from headway.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Overview:
    """The latest run, if there was one, and what stands in the workspace now."""

    run: Run | None
    present: bool
    beside_real: bool


def overview() -> Overview:
    """Three queries, each answered by an index or the first row."""
    return Overview(latest(), present(), has_real_tickets())


def latest() -> Run | None:
    """What was asked for last."""
    return Run.objects.select_related("asked_by").order_by("-pk").first()


def present() -> bool:
    """Whether the workspace holds sample data, or people of an interrupted removal."""
    return Ticket.objects.filter(is_sample=True).exists() or Agent.objects.filter(is_sample=True).exists()


def has_real_tickets() -> bool:
    """Whether the workspace holds tickets that are no sample."""
    return Ticket.objects.filter(is_sample=False).exists()
