"""Side by side with the old system: a team that answers there only reads here, until it moves over."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from headway.events.models import Entry
from headway.foundation.errors import Conflict, Forbidden
from headway.moving.models import Problem
from headway.moving.queries.runs import is_whole
from headway.moving.tests import export
from headway.moving.tests.test_zendesk import bring, of
from headway.people.models import Agent, Team
from headway.tickets import actions
from headway.tickets.actions import aging, stays
from headway.tickets.actions.creating import Words
from headway.tickets.models import Stay, Ticket
from headway.tickets.queries.stays import elsewhere

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def brought(tmp_path: Path, sam: Agent, ada: Agent) -> Path:
    """The export is here, and its team answers in Zendesk."""
    folder = export.written(tmp_path / "export")
    bring(folder)
    stays.stay("zendesk", Team.objects.get(name="Billing"), actor=ada.actor)
    return folder


def later(folder: Path, **more: Any) -> None:
    changed = export.ticket(2, requester_id=101, comments=export.SAID, updated_at="2026-03-05T09:00:00Z", **more)
    (folder / "tickets.json").write_text(json.dumps({"tickets": [changed]}))


def test_every_change_is_refused_with_where_it_is_answered(brought: Path, sam: Agent, ada: Agent) -> None:
    found = of(2)
    for change in (
        lambda: actions.reply(found, Words(text="Hello"), actor=sam.actor),
        lambda: actions.note(found, "Hello", actor=sam.actor),
        lambda: actions.assign(found, sam, actor=sam.actor),
        lambda: actions.set_priority(found, 4, actor=sam.actor),
        lambda: actions.tag(found, ["late"], actor=sam.actor),
        lambda: actions.merge(of(5), found, actor=sam.actor),
    ):
        with pytest.raises(Conflict) as refused:
            change()
        assert refused.value.details["url"] == "https://acme.zendesk.example/agent/tickets/2"
    assert (
        not Entry.objects.filter(ticket_id=found.pk, source_key__isnull=True).exclude(kind="ticket.imported").exists()
    )


def test_other_tickets_are_worked_on_as_ever(brought: Path, sam: Agent) -> None:
    own = Ticket.objects.create(
        subject="Ours", status_id=of(2).status_id, category="waiting", channel="email", team=of(2).team,
        created_at=of(2).created_at, updated_at=of(2).created_at, active_at=of(2).created_at,
    )  # fmt: skip
    actions.note(own, "Ours.", actor=sam.actor)
    assert own.notes.count() == 1


def test_time_leaves_them_alone(brought: Path) -> None:
    found = of(1)
    aging.close_solved()
    found.refresh_from_db()
    assert found.category == "solved"


def test_moved_over_it_is_answered_here_and_left_alone_by_imports(brought: Path, sam: Agent, ada: Agent) -> None:
    stay = Stay.objects.get()
    with pytest.raises(Forbidden):
        stays.move_over(stay, actor=sam.actor)
    stays.move_over(stay, actor=ada.actor)
    stays.move_over(stay, actor=ada.actor)
    assert Entry.objects.filter(kind="team.answers_here").count() == 1
    later(brought, status="closed")
    run = bring(brought)
    assert of(2).category == "waiting"
    kept = Problem.objects.get(run=run, kind="ticket", key="2")
    assert (kept.reason, kept.lost) == ("its team answers here now; it is left as it is", False)
    assert is_whole(run)
    actions.note(of(2), "Ours.", actor=sam.actor)


def test_taken_back_imports_bring_what_happens_there(brought: Path, sam: Agent, ada: Agent) -> None:
    stays.move_over(Stay.objects.get(), actor=ada.actor)
    actions.note(of(2), "Ours for a day.", actor=sam.actor)
    stays.stay("zendesk", of(2).team, actor=ada.actor)
    later(brought, status="closed")
    bring(brought)
    assert of(2).category == "closed"
    assert of(2).notes.get().text == "Ours for a day."


def test_tickets_without_a_team_stay_apart(brought: Path, ada: Agent) -> None:
    found = of(5)
    assert elsewhere(found) is not None
    Ticket.objects.filter(pk=found.pk).update(team=None)
    assert elsewhere(of(5)) is None
    stays.stay("zendesk", None, actor=ada.actor)
    assert elsewhere(of(5)) is not None


def test_the_desk_shows_where_and_offers_no_composer(brought: Path, sam: Agent, ada: Agent, client: Client) -> None:
    client.force_login(sam)
    page = client.get(f"/desk/tickets/{of(2).pk}").content.decode()
    assert "https://acme.zendesk.example/agent/tickets/2" in page
    assert 'class="composer"' not in page
    assert 'id="m-status"' not in page
    refused = client.post(f"/desk/tickets/{of(2).pk}/notes", {"body": "Hello"})
    assert refused.status_code != 200 or not of(2).notes.exists()
    assert not of(2).notes.exists()
    client.force_login(ada)
    page = client.get("/desk/settings/imports").content.decode()
    assert "Billing" in page
    client.post(f"/desk/settings/imports/stays/{Stay.objects.get().pk}/ending")
    assert not Stay.objects.filter(ended_at=None).exists()
    client.post("/desk/settings/imports", {"system": "zendesk", "team": str(of(2).team_id)})
    assert Stay.objects.filter(ended_at=None).count() == 1
