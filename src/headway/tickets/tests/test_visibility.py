"""The door to tickets and the rule for one ticket at a time let the same people through."""

from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from headway.foundation.clock import now
from headway.people.models import Agent, Brand, Membership, Team
from headway.people.rules import Role, Sees
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import visible_to
from headway.tickets.queries.scopes import facts_of, scopes_of
from headway.tickets.rules.visibility import may_see


@pytest.fixture
def tickets(frontline: Team, specialists: Team, acme: Brand, sam: Agent, mia: Agent) -> list[Ticket]:
    """A ticket for every combination of team, brand and assignee."""
    other = Brand.objects.create(name="Other", slug="other")
    status, at = Status.objects.get(category="new", is_default=True), now()
    return Ticket.objects.bulk_create(
        Ticket(
            subject="Any", status=status, category="new", channel="api", team=team, brand=brand, assignee=assignee,
            created_at=at, updated_at=at, active_at=at,
        )
        for team, brand, assignee in product((None, frontline, specialists), (None, acme, other), (None, sam, mia))
    )  # fmt: skip


@pytest.mark.parametrize("sees", Sees)
@pytest.mark.parametrize("role", Role)
def test_the_query_and_the_rule_agree(
    tickets: list[Ticket], sam: Agent, acme: Brand, specialists: Team, role: Role, sees: Sees
) -> None:
    sam.role, sam.sees = role, sees
    sam.save()
    for own_brand, second_team, archived in product((False, True), repeat=3):
        sam.brands.set([acme] if own_brand else [])
        if second_team:
            Membership.objects.get_or_create(team=specialists, agent=sam)
        else:
            Membership.objects.filter(team=specialists, agent=sam).delete()
        sam.archived_at = now() if archived else None
        scope = scopes_of([sam])[sam.pk]
        facts = facts_of(ticket.pk for ticket in tickets)
        by_rule = {ticket.pk for ticket in tickets if may_see(scope, facts[ticket.pk])}
        assert by_rule == set(visible_to(sam).values_list("pk", flat=True))


def test_a_role_that_is_unknown_sees_nothing(tickets: list[Ticket], sam: Agent) -> None:
    sam.role = "owner"
    assert not visible_to(sam).exists()
    assert not any(may_see(scopes_of([sam])[sam.pk], facts) for facts in facts_of([tickets[0].pk]).values())


def test_many_scopes_cost_two_queries(
    sam: Agent, mia: Agent, ada: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sam.sees, mia.sees = Sees.TEAMS, Sees.BRANDS
    with django_assert_num_queries(2):  # the teams of who sees teams; the brands of who sees brands
        assert set(scopes_of([sam, mia, ada])) == {sam.pk, mia.pk, ada.pk}
    with django_assert_num_queries(0):
        scopes_of([ada])
