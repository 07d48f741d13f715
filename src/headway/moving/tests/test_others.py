"""The same story told by four help desks over their APIs comes to the same tickets, once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from headway.cli import imports
from headway.cli.audit.given import folder
from headway.events.actor import Actor
from headway.events.models import Entry
from headway.insight.sources.tests.desks import Desk, serving
from headway.insight.sources.tests.freshdesk import Freshdesk
from headway.insight.sources.tests.help_scout import HelpScout
from headway.insight.sources.tests.intercom import Intercom
from headway.insight.sources.tests.zammad import Zammad
from headway.insight.sources.tests.zendesk import Zendesk
from headway.moving.actions.running import begin, bring
from headway.moving.models import Problem, Rule, Run
from headway.moving.queries.runs import is_whole
from headway.moving.reading import Wanted
from headway.moving.sources.kinds import SOURCES
from headway.people.models import Agent, Customer, Organisation
from headway.tickets.models import Macro, Message, Note, Origin, Ticket

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "sesame")
    monkeypatch.chdir(tmp_path)


def fetched(kind: str, desk: Desk) -> Run:
    """What `headway import KIND ADDRESS` brings, without its own workspace."""
    with folder(kind, f"{kind}+http://127.0.0.1:{desk.port}", quiet, kept=None, sample=False) as path:
        wanted = Wanted(source=kind, path=path)
        return bring(begin(wanted, actor=Actor.system()), wanted, quiet)


def quiet(_part: str, _done: int) -> None:
    """Tells nobody."""


def told(key: str) -> list[tuple[str, str]]:
    ticket = Origin.objects.get(number=key).ticket
    said = [(one.at, one.direction, one.text) for one in ticket.messages.all()]
    said += [(one.at, "note", one.text) for one in ticket.notes.all()]
    return [(direction, text.split("\n")[0]) for _at, direction, text in sorted(said)]


STORY = [
    ("in", "I want my money back."),
    ("out", "Which order?"),
    ("in", "Order 12."),
    ("note", "Please refund."),
    ("out", "Refunded."),
]


@pytest.mark.parametrize(
    ("kind", "make", "secret", "key", "extra"),
    [
        ("freshdesk", Freshdesk, "sesame", "1", 0),
        ("intercom", Intercom, "sesame", "1", 1),
        ("helpscout", HelpScout, "app:sesame", "4501", 0),
        ("zammad", Zammad, "sesame", "45001", 1),
    ],
)
def test_a_help_desk_over_its_api(
    kind: str, make: Callable[[], Any], secret: str, key: str, extra: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", secret)
    with serving(make()) as desk:
        run = fetched(kind, desk)
        assert is_whole(run), run.counts
        story = [one for one in told(key) if "article" not in one[1] and "got your mail" not in one[1]]
        if kind == "freshdesk":
            assert story == [*STORY[:3], ("note", "Ask billing."), STORY[4], ("in", "Thank you!")]
        else:
            assert story == STORY
        ticket = Origin.objects.get(number=key).ticket
        assert (ticket.category, ticket.customer is not None) == ("solved", True)
        assert ticket.first_replied_at is not None
        assert f"{ticket.created_at:%H:%M} {ticket.first_replied_at:%H:%M}" == "09:00 09:40"
        assert ticket.solved_at is not None
        assert f"{ticket.solved_at:%H:%M}" == "11:00"
        assert ticket.messages.filter(automatic=True).count() == extra
        assert {tag.name for tag in ticket.tags.all()} == ({"vip"} if kind == "freshdesk" else {"refund"})
        assert ticket.assignee is not None
        assert ticket.assignee.name.split()[0] == ("Sam" if kind == "freshdesk" else "Li")
        names = {person.name.split()[0] for person in Customer.objects.all()}
        assert names == {"Dana"}
        before = (Ticket.objects.count(), Message.objects.count(), Note.objects.count(), Entry.objects.count())
        again = fetched(kind, desk)
        assert again.counts["ticket"]["new"] == again.counts["ticket"]["changed"] == 0
        after = (Ticket.objects.count(), Message.objects.count(), Note.objects.count(), Entry.objects.count())
        assert after == (*before[:3], before[3] + 2)  # that it ran


def test_people_come_with_what_lists_say_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Intercom()) as desk:
        fetched("intercom", desk)
    dana = Customer.objects.get(identities__value="dana@example.com")
    assert {one.value for one in dana.identities.all()} >= {"dana@example.com", "+493012345678"}
    assert (dana.name, dana.facts, dana.organisation) == ("Dana Ortiz", {"plan": "gold"}, Organisation.objects.get())
    monkeypatch.setenv("HEADWAY_SOURCE_TOKEN", "app:sesame")
    with serving(HelpScout()) as desk:
        fetched("helpscout", desk)
    dana = Customer.objects.get(identities__value="dana@example.com")  # the same address is the same person
    assert "dana@home.example" not in {one.value for one in dana.identities.all()}
    assert {agent.name for agent in Agent.objects.all()} == {"Sam", "Li", "Sam Lee"}


def test_zendesk_over_its_api() -> None:
    with serving(Zendesk()) as desk:
        run = fetched("zendesk", desk)
    assert (run.counts["ticket"]["new"], run.counts["ticket"]["missing"]) == (12, 0)
    assert [direction for direction, _text in told("3")] == ["in", "out"]
    assert (Macro.objects.get().text, Rule.objects.get().name) == ("Refunded.", "Thank the customer")


def test_spam_is_left_and_said() -> None:
    with serving(Freshdesk()) as desk:
        run = fetched("freshdesk", desk)
    assert Problem.objects.filter(run=run, lost=True).values_list("key", "reason").get() == (
        "5",
        "marked as spam in Freshdesk",
    )


def test_every_source_has_its_command() -> None:
    assert set(SOURCES) <= {command.name for command in imports.app.registered_commands}
