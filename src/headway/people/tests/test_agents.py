"""Who is on the team and what they may do."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import agents
from headway.people.models import Agent, Brand, Team
from headway.people.queries.agents import agent_by_email, on_the_team, who_may
from headway.people.rules import Permission, Role, Sees

GOOD = "correct horse battery"


def kinds(agent: Agent) -> list[str]:
    entries = Entry.objects.filter(subject_kind="agent", subject_id=agent.pk).order_by("id")
    return list(entries.values_list("kind", flat=True))


def test_a_person_is_added_with_a_role(ada: Agent) -> None:
    nina = agents.add(" Nina@Desk.example ", "  Nina   Ross ", "lead", actor=ada.actor, password=GOOD)
    assert (nina.email, nina.name, nina.role) == ("nina@desk.example", "Nina Ross", "lead")
    assert nina.check_password(GOOD)
    assert kinds(nina) == ["agent.joined"]
    assert agent_by_email("NINA@desk.example") == nina


def test_an_address_belongs_to_one_person(ada: Agent, sam: Agent) -> None:
    agents.archive(sam, actor=ada.actor)
    with pytest.raises(Conflict, match="belongs to somebody"):
        agents.add("SAM@desk.example", "Other Sam", "agent", actor=ada.actor)


@pytest.mark.parametrize(
    ("email", "name", "role", "password", "field"),
    [
        ("nobody", "Nina", "agent", GOOD, "email"),
        ("nina@desk.example", " ", "agent", GOOD, "name"),
        ("nina@desk.example", "Nina", "owner", GOOD, "role"),
        ("nina@desk.example", "Nina", "agent", "short", "password"),
        ("nina@desk.example", "Nina", "agent", "password1234", "password"),
    ],
)
def test_what_is_wrong_is_named(ada: Agent, email: str, name: str, role: str, password: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        agents.add(email, name, role, actor=ada.actor, password=password)
    assert refusal.value.details["field"] == field


def test_a_role_changes(ada: Agent, sam: Agent) -> None:
    assert agents.set_role(sam, Role.LEAD, actor=ada.actor).role == Role.LEAD
    entry = Entry.objects.get(kind="agent.role_changed")
    assert (entry.subject_id, entry.actor_id, entry.data) == (sam.pk, ada.pk, {"from_role": "agent", "to_role": "lead"})
    agents.set_role(sam, "lead", actor=ada.actor)
    assert Entry.objects.filter(kind="agent.role_changed").count() == 1


def test_the_last_administrator_stays(ada: Agent, sam: Agent) -> None:
    with pytest.raises(Conflict, match="last administrator"):
        agents.set_role(ada, Role.AGENT, actor=ada.actor)
    with pytest.raises(Conflict, match="last administrator"):
        agents.archive(ada, actor=ada.actor)
    sam = agents.set_role(sam, Role.ADMINISTRATOR, actor=ada.actor)
    agents.archive(ada, actor=ada.actor)
    with pytest.raises(Conflict, match="last administrator"):
        agents.archive(sam, actor=sam.actor)


def test_two_administrators_cannot_remove_each_other_at_once(committed_db: str, ada: Agent, leo: Agent) -> None:
    Agent.objects.filter(pk=leo.pk).update(role=Role.ADMINISTRATOR)
    start, refused = threading.Barrier(2), []

    def demote(whom: Agent, by: Agent) -> None:
        start.wait()
        try:
            agents.set_role(whom, Role.AGENT, actor=Actor.agent(by.pk, "administrator"))
        except Conflict:
            refused.append(whom)
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((ada, leo), (leo, ada))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Agent.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_scope_is_all_teams_or_brands(ada: Agent, sam: Agent, acme: Brand) -> None:
    agents.set_scope(sam, Sees.BRANDS, [acme], actor=ada.actor)
    assert list(sam.brands.all()) == [acme]
    with pytest.raises(Invalid):
        agents.set_scope(sam, Sees.BRANDS, [], actor=ada.actor)
    agents.set_scope(sam, Sees.TEAMS, actor=ada.actor)
    sam.refresh_from_db()
    assert sam.sees == Sees.TEAMS
    assert not sam.brands.exists()
    assert kinds(sam) == ["agent.scope_changed", "agent.scope_changed"]


def test_everybody_edits_their_own_profile_only(ada: Agent, sam: Agent, mia: Agent) -> None:
    agents.edit_profile(sam, actor=sam.actor, name="Sam Haddad", language="de", timezone="Europe/Berlin")
    agents.edit_profile(sam, actor=ada.actor, name="Sam H.")
    with pytest.raises(Forbidden):
        agents.edit_profile(sam, actor=mia.actor, name="Somebody")
    sam.refresh_from_db()
    assert (sam.name, sam.language, sam.timezone) == ("Sam H.", "de", "Europe/Berlin")
    for wrong in ({"language": "tlh"}, {"timezone": "Mars/Base"}, {"name": ""}, {"name": "x" * 121}):
        with pytest.raises(Invalid):
            agents.edit_profile(sam, actor=sam.actor, **wrong)


def test_who_leaves_keeps_teams_and_can_return(ada: Agent, sam: Agent, frontline: Team) -> None:
    agents.archive(sam, actor=ada.actor)
    sam.refresh_from_db()
    assert not sam.is_active
    assert sam not in on_the_team()
    assert list(on_the_team(archived=True)) == [sam]
    agents.restore(sam, actor=ada.actor)
    assert sam in on_the_team()
    assert list(frontline.members.all()) == [sam]
    assert kinds(sam) == ["agent.archived", "agent.restored"]


@pytest.mark.parametrize("role", [Role.LEAD, Role.AGENT, Role.LIGHT, Role.VIEWER])
def test_only_administrators_manage_people(ada: Agent, sam: Agent, role: Role) -> None:
    actor = Actor.agent(sam.pk, role)
    changes: list[Callable[[], object]] = [
        lambda: agents.set_role(sam, Role.ADMINISTRATOR, actor=actor),
        lambda: agents.set_scope(sam, Sees.ALL, actor=actor),
        lambda: agents.archive(ada, actor=actor),
        lambda: agents.restore(ada, actor=actor),
        lambda: agents.add("x@desk.example", "X", "viewer", actor=actor),
        lambda: agents.set_password(ada, GOOD, actor=actor, by="change"),
    ]
    for change in changes:
        with pytest.raises(Forbidden):
            change()


def test_a_person_who_is_gone_cannot_be_changed(ada: Agent) -> None:
    ghost = Agent(pk=999_999)
    for change in (agents.archive, agents.restore):
        with pytest.raises(NotFound):
            change(ghost, actor=ada.actor)


def test_the_team_is_read_in_two_queries(
    ada: Agent, sam: Agent, mia: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # people; their teams
        assert [(agent.name, [team.name for team in agent.teams.all()]) for agent in on_the_team()] == [
            ("Ada", []),
            ("Mia", ["Specialists"]),
            ("Sam", ["Frontline"]),
        ]


def test_who_may_reply(ada: Agent, sam: Agent, lim: Agent, vic: Agent) -> None:
    assert [agent.name for agent in who_may(Permission.REPLY)] == ["Ada", "Sam"]
