"""The incidents of a problem: tickets linked to it as such."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from headway.people.models import Agent
from headway.tickets.models import Link, Ticket
from headway.tickets.queries.visibility import visible_to


@dataclass(frozen=True, slots=True)
class Incident:
    """A ticket that is an incident of a problem. `left_out` is why it is not answered with the others, "" if it is."""

    id: int
    subject: str
    customer: str
    category: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Incidents:
    """Those that somebody may see, and how many more there are."""

    rows: list[Incident]
    hidden: int

    @property
    def open(self) -> list[Incident]:
        """Those that can be answered."""
        return [row for row in self.rows if not row.left_out]


_COLUMNS = ("pk", "subject", "customer__name", "category", "suspected_at", "merged_into_id")


def incidents(agent: Agent, problem: Ticket) -> Incidents:
    """Those of a ticket the person was let through to, by number. Two queries."""
    linked = Link.objects.filter(other=problem, kind=Link.Kinds.INCIDENT).values_list("ticket_id", flat=True)
    ids = set(linked)
    seen = visible_to(agent).filter(pk__in=ids).order_by("pk").values_list(*_COLUMNS) if ids else []
    rows = [
        Incident(pk, subject, customer or "", category, _left_out(category, suspected, merged))
        for pk, subject, customer, category, suspected, merged in seen
    ]
    return Incidents(rows, len(ids) - len(rows))


def waiting(agent: Agent, problem_ids: Collection[int]) -> dict[int, int]:
    """How many incidents of each of these tickets the person could answer now; those without are left out. Two queries,
    one where there are no incidents at all."""
    linked = Link.objects.filter(other_id__in=list(problem_ids), kind=Link.Kinds.INCIDENT)
    pairs = list(linked.values_list("other_id", "ticket_id")) if problem_ids else []
    if not pairs:
        return {}
    rows = visible_to(agent).filter(pk__in={ticket_id for _problem, ticket_id in pairs}).values_list(*_COLUMNS)
    able = {pk for pk, _subject, _customer, *standing in rows if not _left_out(*standing)}
    found = Counter(problem_id for problem_id, ticket_id in pairs if ticket_id in able)
    return dict(sorted(found.items()))


def _left_out(category: str, suspected: object, merged: object) -> str:
    if merged is not None:
        return "merged"
    if suspected is not None:
        return "spam"
    return category if category in ("solved", "closed") else ""
