"""Sample data in a real workspace: it fits the store's own rules, and goes without a trace and without a loss."""

import json
from collections import Counter

import pytest
from django.db import connection
from typer.testing import CliRunner

from headway.cli import app
from headway.events.models import Entry
from headway.foundation import files
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.people.models import Agent, Brand, Customer, Organisation
from headway.simulator import company, load
from headway.simulator.generate import generate
from headway.simulator.happenings import CLOSED, SOLVED, Listed, Moved
from headway.simulator.logins import LOGINS
from headway.simulator.plan import Plan
from headway.simulator.remove import remove_all
from headway.sla import actions as sla
from headway.sla.models import Calendar, Clock
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import ChecklistItem, Field, Message, MessageFile, Note, Rating, Tag, Ticket, TicketType
from headway.tickets.queries import Filter, listing, search
from headway.tickets.tests.desk import answers, asks, customer_actor

# What stays by design: that something was there and went, as the journal must say, and the hours of that time.
TOLD = {"journal.erased", "workspace.sample_added", "workspace.sample_removed", "service.targets_changed"}


def small() -> Plan:
    """Three weeks of a small desk, ending now."""
    return Plan(end=now(), days=24, tickets_per_day=8, agents=5, seed=3)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def counts() -> dict[str, int]:
    """How many rows each table holds, without what the journal keeps of sample data having been there."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = int(cursor.fetchone()[0])
    found["events_entry"] = Entry.objects.exclude(kind__in=TOLD).count()
    # editions say which hours were in force; jobs come and go; search makes a table a month
    passing = ("sla_edition", "procrastinate_", "tickets_searchentry_")
    return {name: count for name, count in found.items() if not name.startswith(passing)}


def mentions(text: str) -> list[str]:
    """The tables in which a text stands, anywhere, in any column."""
    found = []
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT count(*) FROM "{name}" AS row WHERE row::text ILIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(name)
    return found


def test_what_is_filled_in_is_what_happened(committed_db: str) -> None:
    plan = small()
    history = generate(plan)
    filled = load.fill(plan)
    kinds = Counter(type(happening).__name__ for happening in history.happenings)
    assert (filled.tickets, filled.messages) == (kinds["Opened"], kinds["Opened"] + kinds["Wrote"] + kinds["Answered"])
    assert Ticket.objects.filter(is_sample=True).count() == Ticket.objects.count() == kinds["Opened"]
    assert Message.objects.count() == filled.messages
    assert (Note.objects.count(), Rating.objects.count()) == (kinds["Noted"], kinds["Rated"])
    assert Customer.objects.filter(is_sample=True).count() == len(history.customers)
    moved = [happening for happening in history.happenings if isinstance(happening, Moved)]
    assert Entry.objects.filter(kind="ticket.status_changed").count() == len(moved)
    assert Entry.objects.filter(kind="ticket.solved").count() == sum(each.after == SOLVED for each in moved)
    assert MessageFile.objects.exists()
    listed = [happening for happening in history.happenings if isinstance(happening, Listed)]
    assert ChecklistItem.objects.count() == sum(len(each.items) for each in listed)
    done = ChecklistItem.objects.filter(done_at__isnull=False, done_by__isnull=False).count()
    assert done == kinds["Ticked"] == Entry.objects.filter(kind="checklist.done").count()


def test_a_filled_ticket_stands_as_its_journal_says(committed_db: str) -> None:
    load.fill(small())
    for ticket in Ticket.objects.all():
        entries = list(Entry.objects.filter(ticket_id=ticket.pk).order_by("at", "id"))
        moves = [entry.data["to_category"] for entry in entries if entry.kind == "ticket.status_changed"]
        assert ticket.category == (moves[-1] if moves else "new")
        assert (ticket.solved_at is not None) == (ticket.category in (SOLVED, CLOSED))
        assert (ticket.closed_at is not None) == (ticket.category == CLOSED)
        given = [entry.data["to_agent"] for entry in entries if entry.kind == "ticket.assigned"]
        assert ticket.assignee_id == (given[-1] if given else None)
        replies = [entry for entry in entries if entry.kind == "message.written" and not entry.data["automatic"]]
        assert ticket.first_replied_at == (replies[0].at if replies else None)
        if ticket.category in ("new", "open") and not ticket.suspected_at:
            waits = [e.at for e in entries if e.kind == "message.received" and not e.data["automatic"]]
            owed = [at for at in waits if not replies or at > replies[-1].at]
            assert ticket.waiting_since == (owed[0] if owed else None)
        assert entries[0].at == ticket.created_at
        assert all(entry.recorded_at >= entry.at for entry in entries)
    keys = list(Clock.objects.values_list("ticket_id", "due_at", "left_seconds"))
    assert keys, "somebody waits for an answer"
    sla.recount([key[0] for key in keys])
    assert list(Clock.objects.values_list("ticket_id", "due_at", "left_seconds")) == keys


def test_the_desk_shows_it(committed_db: str) -> None:
    load.fill(small())
    for login in LOGINS:
        person = Agent.objects.get(email=login.email)
        assert (person.role, person.check_password(login.password)) == (login.role, True)
    lead = Agent.objects.get(role="lead")
    page = listing(lead, Filter(categories=("new", "open")))
    assert page.rows
    assert search(lead, "password").rows
    assert Calendar.objects.get(is_default=True).zone == company.ZONE


def test_nothing_is_left_of_it(committed_db: str) -> None:
    before = counts()
    load.fill(small())
    assert set(mentions(company.NAME)) >= {"people_brand", "people_agent", "tickets_message"}
    names = {row.sha256 for row in MessageFile.objects.all()}
    customer = Customer.objects.order_by("pk")[5].name
    removed = remove_all()
    assert (removed.tickets > 100, removed.kept) == (True, {})
    assert counts() == before
    assert [mentions(text) for text in (company.NAME, company.DOMAIN, customer)] == [[], [], []]
    assert not any(files.exists(name) for name in names)
    assert Calendar.objects.get(is_default=True).name == "Office hours"
    assert remove_all().tickets == 0, "again changes nothing"
    load.fill(small())


def test_what_is_real_stays(committed_db: str, dana: Customer, ada: Agent, sam: Agent) -> None:
    ours = answers(sam, asks(dana, "Real", "A real question about my order."), then="open")
    actions.tag(ours, ["mine"], actor=sam.actor)
    calendar = Calendar.objects.get()
    load.fill(small())
    before = Entry.objects.filter(ticket_id=ours.pk).count()
    assert Calendar.objects.get(is_default=True) == calendar, "a workspace with tickets keeps its hours"
    # people of the sample data meet real ones
    sofia = Agent.objects.get(email=LOGINS[0].email)
    actions.reply(ours, Words(text="Sofia answers for real."), actor=sofia.actor)
    sample = Ticket.objects.filter(is_sample=True, category="waiting").order_by("pk")[0]
    actions.receive(sample, Words(text="Dana writes on a sample ticket."), customer=dana, actor=customer_actor(dana))
    absorbed = Ticket.objects.filter(is_sample=True, category="solved").order_by("pk")[0]
    second = asks(dana, "Second", "It goes into a sample ticket.")
    actions.merge(second, absorbed, actor=ada.actor)
    removed = remove_all()
    assert removed.kept["agents"] >= 1
    assert set(Ticket.objects.values_list("pk", flat=True)) == {ours.pk, sample.pk, absorbed.pk, second.pk}
    assert not Ticket.objects.filter(is_sample=True).exists()
    assert Entry.objects.filter(ticket_id=ours.pk).count() == before + 1
    assert {tag.name for tag in Tag.objects.all()} >= {"mine"}
    sofia.refresh_from_db()
    assert (sofia.archived_at is not None, sofia.is_sample) == (True, False)
    assert {ada.pk, sam.pk} <= set(Agent.objects.filter(archived_at__isnull=True).values_list("pk", flat=True))
    assert Message.objects.filter(text="It goes into a sample ticket.").exists()
    for model in (Customer, Organisation, Brand, TicketType):
        assert not model._default_manager.filter(is_sample=True).exists()


def test_fields_and_types_of_the_workspace_are_used_not_taken(committed_db: str, ada: Agent) -> None:
    mine = actions.setup.define_field("order", "text", actor=ada.actor, label="Our order number")
    kind = actions.setup.define_type("Access", [mine], actor=ada.actor)
    load.fill(small())
    assert Field.objects.filter(key="order").count() == 1
    remove_all()
    assert list(Field.objects.all()) == [mine]
    assert list(TicketType.objects.all()) == [kind]


def test_what_was_cut_off_goes_without_a_trace(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = counts()

    def progress(part: str, done: int, _of: int) -> None:
        if part == "tickets" and done:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        load.fill(small(), progress)
    assert Ticket.objects.count() == load.BATCH
    with pytest.raises(Conflict):
        load.fill(small())
    assert remove_all().tickets == load.BATCH
    assert counts() == before


def test_the_commands_fill_and_remove(committed_db: str, monkeypatch: pytest.MonkeyPatch, dana: Customer) -> None:
    monkeypatch.setenv("DATABASE_URL", committed_db)
    run = CliRunner()
    options = ["--days", "8", "--tickets-per-day", "6", "--agents", "3", "--seed", "9", "--json"]
    done = run.invoke(app, ["sample", "add", *options], catch_exceptions=False)
    assert json.loads(done.stdout)["tickets"] == Ticket.objects.count() > 20
    assert Ticket.objects.order_by("created_at")[0].created_at < now()
    again = run.invoke(app, ["sample", "add", "--if-missing", *options], catch_exceptions=False)
    assert json.loads(again.stdout) == {"tickets": 0}
    with pytest.raises(Conflict):
        run.invoke(app, ["sample", "add", *options], catch_exceptions=False)
    demo = run.invoke(app, ["demo", "--fill-only"], catch_exceptions=False)
    assert all(login.password in demo.stdout for login in LOGINS)
    assert "mail deliver" in demo.stdout
    gone = run.invoke(app, ["sample", "remove", "--json"], catch_exceptions=False)
    assert json.loads(gone.stdout)["tickets"] > 20
    asks(dana)
    with pytest.raises(Conflict, match="real tickets"):
        run.invoke(app, ["sample", "add", *options], catch_exceptions=False)
