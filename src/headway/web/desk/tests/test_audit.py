"""The audit log: who sees what of it, how it is sought, and that a file holds the same."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest

from headway.events import journal
from headway.events.actor import Actor
from headway.events.audit import GROUPS, group_of
from headway.events.event import kinds
from headway.events.models import Entry
from headway.events.vocabulary.agents import SignedIn
from headway.events.vocabulary.journal import EntriesErased
from headway.foundation.clock import now
from headway.people.actions import agents, teams
from headway.people.models import Agent, Customer, Team
from headway.settings import actions as settings
from headway.tickets import actions
from headway.web.desk.audit import subjects, words
from headway.web.desk.tests.conftest import Ask, At

LOG = "/desk/audit-log"


def _page(at_desk: At, person: Agent, query: str = "") -> str:
    return at_desk(person).get(f"{LOG}?{query}").content.decode()


def test_it_says_who_did_what(at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana, tags=["billing"])
    actions.assign(ticket, sam, actor=ada.actor)
    agents.set_role(sam, "lead", actor=ada.actor)
    settings.change({"reopen_days": 21}, actor=ada.actor)
    page = _page(at_desk, ada)
    for said in (
        "Ada made Sam Lead instead of Agent", "Ada assigned it to Sam",
        "Ada changed settings: Days in which an answer reopens a solved ticket", "Dana Ortiz wrote",
    ):  # fmt: skip
        assert said in page, said


def test_everything_is_called_something(at_desk: At, ada: Agent) -> None:
    """What an entry is about has a name, a number or a word of its own, whatever its kind."""
    settings.change({"reopen_days": 21}, actor=ada.actor)
    page = _page(at_desk, ada)
    assert "<bdi>Workspace</bdi>" in page
    assert "something that is no more" not in page
    called = {"ticket", *subjects.NAMED, *subjects.NUMBERED}
    assert {kind.subject_kind for kind in kinds().values()} <= called


def test_it_is_narrowed(at_desk: At, ask: Ask, ada: Agent, leo: Agent, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    actions.assign(ticket, sam, actor=leo.actor)
    agents.set_role(sam, "lead", actor=ada.actor)
    assert "assigned it" not in _page(at_desk, ada, "group=people")
    assert "made Sam" in _page(at_desk, ada, "group=people")
    assert "made Sam" not in _page(at_desk, ada, f"person={leo.pk}")
    assert "assigned it" in _page(at_desk, ada, f"q=%23{ticket.pk}")
    assert "made Sam" in _page(at_desk, ada, "q=instead+of")
    assert "assigned it" in _page(at_desk, ada, "q=leo")
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    assert "Nothing of this kind happened" in _page(at_desk, ada, f"from={tomorrow}")
    assert "made Sam" in _page(at_desk, ada, f"to={tomorrow}&from=nonsense&group=nonsense&person=x&before=x")


def test_a_lead_sees_tickets_and_teams_and_an_agent_nothing(
    at_desk: At, ask: Ask, ada: Agent, leo: Agent, sam: Agent, dana: Customer, frontline: Team
) -> None:
    ticket = ask(dana)
    actions.assign(ticket, sam, actor=ada.actor)
    agents.set_role(sam, "agent", actor=ada.actor)
    agents.set_scope(leo, "teams", actor=ada.actor)
    teams.edit(frontline, tier=2, actor=ada.actor)
    page = _page(at_desk, leo)
    assert "changed the name or tier of the team Frontline" in page
    # out of their sight, and about people
    assert "assigned it" not in page
    assert "which tickets" not in page
    assert at_desk(sam).get(LOG).status_code == 403
    assert at_desk(sam).get(f"{LOG}/export").status_code == 403


def test_who_was_erased_has_no_name(at_desk: At, ada: Agent) -> None:
    journal.record(SignedIn(subject_id=987654), actor=Actor.agent(987654, "agent"))
    assert "a person who was erased signed in" in _page(at_desk, ada)


def test_pages_follow_each_other_whatever_happens_meanwhile(at_desk: At, ada: Agent) -> None:
    for number in range(120):
        journal.record(EntriesErased(entries=number, reason="x"), actor=Actor.system())
    seen: list[str] = []
    way = f"{LOG}?group=journal"
    while way:
        page = at_desk(ada).get(way).content.decode()
        seen += re.findall(r">(\d+) entries of the journal", page)
        journal.record(EntriesErased(entries=999, reason="x"), actor=Actor.system())
        following = page.split(">Earlier<")[0].rsplit('href="', 1)[1].split('"')[0] if ">Earlier<" in page else ""
        way = following.replace("&amp;", "&")
    assert seen == [str(number) for number in range(119, -1, -1)]


def test_a_page_costs_the_same_however_much_stands_on_it(
    at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer, django_assert_max_num_queries: object
) -> None:
    for _number in range(20):
        actions.assign(ask(dana), sam, actor=ada.actor)
    client = at_desk(ada)
    client.get(LOG)
    # session, person, settings, own teams, saved views, hold; the entries, the people to choose from, the names of
    # agents and customers, and what else the frame asks
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get(LOG)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_holds_the_same_rows(at_desk: At, ask: Ask, ada: Agent, dana: Customer, kind: str) -> None:
    dana.name = "=HYPERLINK(1)"
    dana.save()
    ask(dana)
    response = at_desk(ada).get(f"{LOG}/export?format={kind}&group=messages")
    text = response.getvalue().decode()
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows[0]["what"] == "'=HYPERLINK(1) wrote"
    else:
        rows = [json.loads(line) for line in text.splitlines()]
        assert rows[0]["what"] == "=HYPERLINK(1) wrote"
    entry = Entry.objects.get(kind="message.received")
    assert [int(row["id"]) for row in rows] == [entry.pk]
    assert rows[0]["at"] == entry.at.isoformat(timespec="seconds")


def test_every_kind_has_a_group_and_words() -> None:
    for kind in kinds():
        assert group_of(kind) in GROUPS
        assert words.sentence(kind, {}, "Ada", "Sam"), kind
