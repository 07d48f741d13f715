"""Teams and who is in them."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import agents, teams
from headway.people.models import Agent, Team
from headway.people.queries.teams import teams as all_teams


def test_a_lead_forms_a_team(leo: Agent, sam: Agent, mia: Agent) -> None:
    billing = teams.create("Billing", 2, actor=leo.actor)
    teams.set_members(billing, [sam, mia], actor=leo.actor)
    teams.set_members(billing, [mia], actor=leo.actor)
    teams.set_members(billing, [mia], actor=leo.actor)
    changes = [entry.data for entry in Entry.objects.filter(kind="team.members_changed").order_by("id")]
    assert changes == [{"added": sorted([sam.pk, mia.pk]), "removed": []}, {"added": [], "removed": [sam.pk]}]


def test_a_team_is_renamed_and_moved(leo: Agent, frontline: Team) -> None:
    row = teams.edit(frontline, actor=leo.actor, name=" First  line ", tier=3)
    assert (row.name, row.tier) == ("First line", 3)
    teams.edit(frontline, actor=leo.actor, tier=3)
    assert Entry.objects.filter(kind="team.changed").count() == 1


def test_a_name_is_taken_once_among_todays_teams(leo: Agent, frontline: Team, specialists: Team) -> None:
    with pytest.raises(Conflict, match="this name already"):
        teams.create("FRONTLINE", actor=leo.actor)
    with pytest.raises(Conflict, match="this name already"):
        teams.edit(specialists, actor=leo.actor, name="frontline")
    teams.archive(frontline, actor=leo.actor)
    teams.create("Frontline", actor=leo.actor)


@pytest.mark.parametrize("tier", [0, 10, -1])
def test_a_tier_is_a_small_number(leo: Agent, tier: int) -> None:
    with pytest.raises(Invalid):
        teams.create("Billing", tier, actor=leo.actor)


def test_a_dissolved_team_is_not_changed(leo: Agent, sam: Agent, frontline: Team) -> None:
    teams.archive(frontline, actor=leo.actor)
    with pytest.raises(NotFound):
        teams.edit(frontline, actor=leo.actor, name="New")
    with pytest.raises(NotFound):
        teams.set_members(frontline, [], actor=leo.actor)
    assert not all_teams().exists()


def test_who_has_left_joins_no_team_and_keeps_the_old_one(ada: Agent, sam: Agent, mia: Agent, frontline: Team) -> None:
    agents.archive(sam, actor=ada.actor)
    sam.refresh_from_db()
    with pytest.raises(Invalid):
        teams.set_members(teams.create("Billing", actor=ada.actor), [sam], actor=ada.actor)
    teams.set_members(frontline, [mia], actor=ada.actor)
    assert [[one.name for one in team.members.all()] for team in all_teams()] == [[], ["Mia"], ["Mia"]]
    agents.restore(sam, actor=ada.actor)
    assert set(frontline.members.all()) == {sam, mia}


def test_agents_do_not_manage_teams(sam: Agent, frontline: Team) -> None:
    changes: list[Callable[[], object]] = [
        lambda: teams.create("X", actor=sam.actor),
        lambda: teams.edit(frontline, actor=sam.actor, name="X"),
        lambda: teams.set_members(frontline, [], actor=sam.actor),
        lambda: teams.archive(frontline, actor=sam.actor),
    ]
    for change in changes:
        with pytest.raises(Forbidden):
            change()


def test_teams_are_read_in_two_queries(
    sam: Agent, mia: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # teams; their members
        assert [(team.name, [one.name for one in team.members.all()]) for team in all_teams()] == [
            ("Frontline", ["Sam"]),
            ("Specialists", ["Mia"]),
        ]
