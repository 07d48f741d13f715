"""The things that requests name by id: found, or refused with the field that named them."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.foundation.rows import One, first
from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.people.queries.customers import known_by
from headway.tickets.models import Field, Status, TicketType

Known = TypeVar("Known", bound=Model)


def wanted(model: type[Model], row_id: int) -> One:
    """What to gather for an id, which must then be `there`."""
    return One(model, "id = %s", [row_id])


def there(found: Known | None, field: str) -> Known:
    """What was found. Raises Invalid when nothing was."""
    if found is None:
        raise Invalid(_("%(field)s names nothing that exists.") % {"field": field}, field=f"body.{field}")
    return found


def _one(model: type[Known], row_id: int, field: str) -> Known:
    return there(first(model, "id = %s", [row_id]), field)


def customer(row_id: int, field: str = "customer_id") -> Customer:
    """A customer. Raises Invalid."""
    return _one(Customer, row_id, field)


def customer_by(kind: str, value: str) -> Customer:
    """A customer by one identity, however it is written. Raises Invalid."""
    found = known_by(kind, value)
    if found is None:
        raise Invalid(
            _("Nobody with this identity is known, and this token may not add customers."), field="body.customer"
        )
    return found


def organisation(row_id: int) -> Organisation:
    """An organisation. Raises Invalid."""
    return _one(Organisation, row_id, "organisation_id")


def agent(row_id: int, field: str = "assignee_id") -> Agent:
    """A person of the team. Raises Invalid."""
    return _one(Agent, row_id, field)


def agents(ids: Sequence[int], field: str) -> Sequence[Agent]:
    """People of the team, all of them. Raises Invalid."""
    return _all(Agent.objects.all(), ids, field)


def team(row_id: int) -> Team:
    """A team. Raises Invalid."""
    return _one(Team, row_id, "team_id")


def teams(ids: Sequence[int], field: str = "team_ids") -> Sequence[Team]:
    """Teams, all of them. Raises Invalid."""
    return _all(Team.objects.all(), ids, field)


def brand(row_id: int) -> Brand:
    """A brand. Raises Invalid."""
    return _one(Brand, row_id, "brand_id")


def brands(ids: Sequence[int], field: str = "brand_ids") -> Sequence[Brand]:
    """Brands, all of them. Raises Invalid."""
    return _all(Brand.objects.all(), ids, field)


def ticket_type(row_id: int) -> TicketType:
    """A ticket type. Raises Invalid."""
    return _one(TicketType, row_id, "type_id")


def status(row_id: int) -> Status:
    """A status. Raises Invalid."""
    return _one(Status, row_id, "status_id")


def fields(ids: Sequence[int]) -> Sequence[Field]:
    """Custom fields, all of them. Raises Invalid."""
    return _all(Field.objects.all(), ids, "field_ids")


def _all(rows: QuerySet[Known], ids: Sequence[int], field: str) -> Sequence[Known]:
    found = list(rows.filter(pk__in=list(ids)))
    if len(found) != len(set(ids)):
        raise Invalid(_("%(field)s names something that does not exist.") % {"field": field}, field=f"body.{field}")
    return found
