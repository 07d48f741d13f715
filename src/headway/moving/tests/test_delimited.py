"""A table brought to the desk: a row a ticket, and a row a message."""

from pathlib import Path

import pytest

from headway.foundation.errors import Invalid
from headway.moving.models import Problem
from headway.moving.queries.runs import is_whole
from headway.moving.reading import Wanted, rehearse
from headway.moving.sources.port import Options
from headway.moving.tests.test_zendesk import bring
from headway.people.models import Agent, Customer
from headway.tickets.models import Origin, Ticket

pytestmark = pytest.mark.usefixtures("db")

TICKETS = """Ticket ID;Created;Solved;Status;Requester;Requester email;Assignee;Team;Subject;Description;Order no
17;02.03.2026 09:00;02.03.2026 11:30;Resolved;Dana Ortiz;dana@example.com;Sam;Billing;Refund;Money back?;A-12
18;03.03.2026 09:00;;Open;Chen;not an address;;Billing;It is broken;"Two
lines";
19;soon;;Open;Chen;chen@example.com;;;Never read;;
20;04.03.2026 09:00;;Open;Chen
"""
MESSAGES = """ticket,timestamp,author,role,public,body,status,subject,customer_email
A1,2026-03-02T09:00:00Z,Dana,customer,true,It hangs,open,Hangs,dana@example.com
A1,2026-03-02T10:00:00Z,Sam,agent,true,Restart it,pending,,dana@example.com
A1,2026-03-02T10:01:00Z,Sam,agent,false,Known bug,pending,,dana@example.com
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "tickets.csv"
    path.write_text(text, encoding="utf-8")
    return path


def of(key: str) -> Ticket:
    return Origin.objects.get(system="csv", number=key).ticket


def test_a_row_for_each_ticket(tmp_path: Path) -> None:
    options = Options(zone="Europe/Berlin", columns={"Order no": "custom"}, link="https://old.example/{id}")
    run = bring(write(tmp_path, TICKETS), "csv", options=options)
    found = of("17")
    assert (found.category, found.subject, found.origin.url) == ("solved", "Refund", "https://old.example/17")
    assert (found.created_at.isoformat(), found.solved_at and found.solved_at.isoformat()) == (
        "2026-03-02T08:00:00+00:00",
        "2026-03-02T10:30:00+00:00",
    )
    assert found.customer is not None
    assert found.customer.identities.filter(value="dana@example.com").exists()
    assert found.fields == {"order_no": "A-12"}
    assert [one.text for one in found.messages.all()] == ["Money back?"]
    assert Agent.objects.get(name="Sam").archived_at is not None
    assert of("18").messages.get().text == "Two\nlines"
    lost = Problem.objects.filter(run=run, lost=True).order_by("place").values_list("place", "key", "reason")
    assert [(place, key) for place, key, _reason in lost] == [(5, "19"), (6, "")]
    assert is_whole(run)


def test_a_row_for_each_message(tmp_path: Path) -> None:
    bring(write(tmp_path, MESSAGES), "csv")
    found = of("A1")
    assert [(one.direction, one.text) for one in found.messages.order_by("at")] == [
        ("in", "It hangs"),
        ("out", "Restart it"),
    ]
    assert [one.text for one in found.notes.all()] == ["Known bug"]
    assert (found.category, found.subject) == ("waiting", "Hangs")
    assert Customer.objects.count() == 1
    again = bring(write(tmp_path, MESSAGES), "csv")
    assert again.counts["message"]["same"] == 2
    assert found.messages.count() == 2


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    wanted = Wanted(source="csv", path=write(tmp_path, TICKETS))
    told = rehearse(wanted, lambda _part, _done: None)
    assert told["counts"]["ticket"] == {"source": 2, "known": 0}
    assert {"column": "Order no", "field": "", "example": "A-12"} in told["columns"]
    assert told["problems"] == 2
    assert not Ticket.objects.exists()


def test_a_table_without_a_ticket_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="--map COLUMN=ticket"):
        bring(write(tmp_path, "a,b\n1,2\n"), "csv")
    with pytest.raises(Invalid, match="There is no column"):
        bring(write(tmp_path, TICKETS), "csv", options=Options(columns={"Nothing": "subject"}))
