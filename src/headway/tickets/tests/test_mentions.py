"""Calling colleagues to a ticket by "@"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.events.models import Entry
from headway.people.models import Agent, Customer, Membership, Team
from headway.people.rules import Sees
from headway.tickets import actions
from headway.tickets.actions import readings
from headway.tickets.models import Mention, Ticket
from headway.tickets.queries import listing, setup
from headway.tickets.queries.mentions import callees, unable
from headway.tickets.queries.views import counted, shown
from headway.tickets.rules.mentions import Known, mentions
from headway.tickets.tests.desk import asks

KNOWN = [
    Known("agent", 1, ("Mia", "mia@desk.example")),
    Known("agent", 2, ("Mia Wong", "wong@desk.example")),
    Known("agent", 3, ("Jürgen Groß", "groß@desk.example")),
    Known("agent", 4, ("Kim", "kim@desk.example")),
    Known("agent", 5, ("Kim", "kim.li@desk.example")),
    Known("agent", 6, ("李伟", "li@desk.example")),
    Known("team", 1, ("Tier 2",)),
]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Mia please", ["Mia"]), ("ask @mia.", ["mia"]), ("(@MIA)", ["MIA"]), ("@Mia Wong knows", ["Mia Wong"]),
        ("@Mia, @Tier 2: look", ["Mia", "Tier 2"]), ("@Miami", []), ("@Mia_x", []), ("a@Mia", []), ("x.@Mia", []),
        ("dana@mia.example", []), ("@mia@desk.example", ["mia@desk.example"]), ("@Kim", []),
        ("@kim.li@desk.example!", ["kim.li@desk.example"]), ("@Jürgen Groß", ["Jürgen Groß"]),
        ("@JÜRGEN GROSS", ["JÜRGEN GROSS"]), ("@李伟", ["李伟"]), ("@", []), ("@ Mia", []), ("@@Mia", ["Mia"]),
        ("@Tier 22", []), ("@Mia's", ["Mia"]), ("@Mia\nWong", ["Mia"]),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, meant: list[str]) -> None:
    assert [text[one.start + 1 : one.end] for one in mentions(text, KNOWN)] == meant


@given(st.text(alphabet="@Mia ßWong.\n-_2Tier", max_size=200))
def test_whatever_is_written_what_is_found_stands_there(text: str) -> None:
    for one in mentions(text, KNOWN):
        names = next(known.names for known in KNOWN if (known.kind, known.id) == (one.kind, one.id))
        assert text[one.start] == "@"
        assert text[one.start + 1 : one.end].casefold() in {name.casefold() for name in names}


def _view(agent: Agent) -> set[int]:
    return {row.id for row in listing(agent, shown("mentions", agent).filter).rows}


def _counted(agent: Agent) -> set[int]:
    return {row.id for row in listing(agent, counted("mentions", agent, shown("mentions", agent).filter)).rows}


def _called(ticket: Ticket) -> dict[str, object]:
    entry = Entry.objects.filter(ticket_id=ticket.pk, kind="note.written").latest("pk")
    return {name: entry.data[name] for name in ("agent_ids", "team_ids")}


def test_a_note_calls_people_and_teams(
    sam: Agent, mia: Agent, leo: Agent, specialists: Team, frontline: Team, dana: Customer
) -> None:
    ticket, other = asks(dana), asks(dana)
    actions.note(ticket, "@Mia and @Specialists, as @Sam said to @Mia", actor=sam.actor)
    actions.note(other, "Nobody", actor=sam.actor)
    assert Mention.objects.count() == 2, "each once, and nobody themselves"
    assert _called(ticket) == {"agent_ids": [mia.pk], "team_ids": [specialists.pk]}
    assert _called(other) == {"agent_ids": [], "team_ids": []}
    assert (_view(mia), _counted(mia)) == ({ticket.pk}, {ticket.pk})
    assert (_view(sam), _view(leo)) == (set(), set())
    readings.read_all(ticket, actor=mia.actor)
    assert (_view(mia), _counted(mia)) == ({ticket.pk}, set())
    actions.note(ticket, "@Specialists once more", actor=mia.actor)
    assert _counted(mia) == set(), "one's own words call nobody back"
    Membership.objects.create(team=specialists, agent=leo)
    assert _view(leo) == {ticket.pk}


def test_a_mention_opens_nothing(sam: Agent, mia: Agent, specialists: Team, dana: Customer) -> None:
    mia.sees = Sees.TEAMS
    mia.save()
    ticket = asks(dana)
    note = actions.note(ticket, "@Mia @Specialists", actor=sam.actor)
    assert unable(note) == ["Mia"]
    assert _view(mia) == set()
    assert {one.name for one in callees(ticket) if one.blind} == {"Mia"}
    actions.set_team(ticket, specialists, actor=sam.actor)
    assert unable(note) == []
    assert _view(mia) == {ticket.pk}


def test_who_shares_a_name_is_called_by_address(sam: Agent, mia: Agent, dana: Customer) -> None:
    other = Agent.objects.create(email="mia2@desk.example", name="mia", role="agent")
    ticket = asks(dana)
    written = {one.id: one.written for one in callees(ticket) if one.kind == "agent"}
    assert (written[mia.pk], written[other.pk], written[sam.pk]) == ("mia@desk.example", "mia2@desk.example", "Sam")
    actions.note(ticket, "@Mia", actor=sam.actor)
    assert not Mention.objects.exists()
    actions.note(ticket, f"@{written[other.pk]}", actor=sam.actor)
    assert Mention.objects.get().agent_id == other.pk


def test_mentions_go_where_their_note_goes(sam: Agent, mia: Agent, dana: Customer) -> None:
    one, other = asks(dana), asks(dana)
    actions.note(one, "@Mia", actor=sam.actor)
    actions.merge(one, other, actor=sam.actor)
    assert _view(mia) == {other.pk}
    actions.set_status(other, setup.status_for("solved"), actor=sam.actor)
    assert _view(mia) == {other.pk}, "what was said stays to be found"
