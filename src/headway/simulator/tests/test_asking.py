"""Sample data asked for at the desk: one run at a time, begun again when it was cut off, removed as it came."""

from collections.abc import Sequence

import pytest
from django.test import Client

from headway.events.models import Entry
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden
from headway.people.models import Agent, Customer
from headway.simulator import actions, load, queries, tasks
from headway.simulator.logins import LOGINS
from headway.simulator.models import Run
from headway.simulator.plan import Plan
from headway.tickets.actions.history import Past
from headway.tickets.models import Tag, Ticket
from headway.web.api.tests.program import Program
from headway.web.desk import listing
from headway.web.desk.tests.conftest import Ask, At, ask, at_desk  # noqa: F401 (fixtures)

PAGE = "/desk/sample-data"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three days, not ninety."""
    monkeypatch.setattr(actions, "DAYS", 3)


def performed() -> Run:
    run = Run.objects.latest("pk")
    tasks.run(run.pk)
    run.refresh_from_db()
    return run


def test_an_administrator_fills_it_in_and_removes_it(committed_db: str, ada: Agent) -> None:
    client = Client()
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Fill in sample data" in client.get(PAGE).content.decode()
    client.post(PAGE)
    client.post(PAGE)  # pressed twice: told that it is under way
    assert Run.objects.count() == 1
    assert "Being filled in" in client.get(PAGE).content.decode()
    run = performed()
    assert (run.state, run.done) == ("done", Ticket.objects.count())
    assert Ticket.objects.exclude(is_sample=True).count() == 0
    assert Agent.objects.filter(email=LOGINS[0].email, is_sample=True).exists()
    added = Entry.objects.get(kind="workspace.sample_added")
    assert (added.actor_kind, added.actor_id) == ("agent", ada.pk)
    shown = client.get(PAGE).content.decode()
    assert "Remove it" in shown
    assert LOGINS[0].password not in shown
    rows = client.get("/desk/views/all").content.decode()
    assert rows.count('title="Sample"') == min(listing.FIRST, Ticket.objects.count())
    tasks.run(run.pk)  # the job a second time does nothing
    client.post(f"{PAGE}/removal")
    assert performed().state == "done"
    assert (Ticket.objects.count(), Customer.objects.count(), Agent.objects.count()) == (0, 0, 1)
    assert "Removed" in client.get(PAGE).content.decode()


def test_beside_real_tickets_only_when_that_is_wanted(
    at_desk: At,  # noqa: F811
    ask: Ask,  # noqa: F811
    ada: Agent,
    dana: Customer,
) -> None:
    ask(dana)
    client = at_desk(ada)
    client.post(PAGE)
    assert "Confirm that sample data shall stand beside them" in client.get(PAGE).content.decode()
    client.post(PAGE, {"beside": "on"})
    assert Run.objects.get().kind == "add"
    with pytest.raises(Conflict):
        actions.ask_remove(actor=ada.actor)


def test_a_sample_person_cannot_saw_off_the_branch(database: None, ada: Agent) -> None:
    load.fill(Plan(end=now(), days=2, tickets_per_day=2, agents=1, seed=3))
    ruth = Agent.objects.get(is_sample=True, role="administrator")
    with pytest.raises(Conflict, match="signed in as a sample person"):
        actions.ask_remove(actor=ruth.actor)
    with pytest.raises(Forbidden):
        actions.ask_remove(actor=Agent.objects.get(email=LOGINS[0].email).actor)


@pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt])
def test_what_fails_leaves_nothing_and_what_is_cut_off_begins_again(
    committed_db: str, ada: Agent, monkeypatch: pytest.MonkeyPatch, end: type[BaseException]
) -> None:
    """An exception is told and cleared up at once; a killed worker says nothing, and its job comes again."""
    write, portions = load._portion, iter(range(9))

    def portion(batch: Sequence[Past]) -> None:
        write(batch)
        if next(portions) == 1:
            raise end

    monkeypatch.setattr(load, "BATCH", 20)
    monkeypatch.setattr(load, "_portion", portion)
    actions.ask_add(actor=ada.actor)
    with pytest.raises(end):
        performed()
    run = Run.objects.get()
    if end is RuntimeError:
        assert (run.state, queries.present(), Tag.objects.count()) == ("failed", False, 0)
        actions.ask_add(actor=ada.actor)
    else:
        assert (run.state, run.done, Ticket.objects.count()) == ("running", 20, 40)
    run = performed()
    assert (run.state, run.done) == ("done", Ticket.objects.count())
    assert Agent.objects.filter(email=LOGINS[0].email).count() == 1


def test_programs_too(database: None, ada: Agent, sam: Agent) -> None:
    program = Program(ada)
    assert program.get("/sample-data").body == {"present": False, "run": None}
    assert program.delete("/sample-data").code == "conflict"
    asked = program.post("/sample-data", {})
    assert (asked.status, asked.body["run"]["kind"], asked.body["run"]["state"]) == (202, "add", "running")
    assert Program(sam).post("/sample-data", {}).status == 403
