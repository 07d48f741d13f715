"""The audit at the desk and in the API: asked once, computed by a job, kept, and never more than the reader sees."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.insight import live, tasks
from headway.insight.models import Audit
from headway.insight.queries import audits
from headway.people.models import Agent, Customer, Membership, Team
from headway.settings.actions import change
from headway.simulator import load as samples
from headway.simulator.plan import Plan
from headway.tickets.tests.desk import answers, asks
from headway.web.api.tests.program import Program

PAGE = "/desk/support-audit"


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder for each test's lake."""
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))


def test_it_is_computed_once_kept_and_shown(
    committed_db: str, leo: Agent, client: Client, run_jobs: Callable[[], None]
) -> None:
    samples.fill(Plan(end=now(), days=40, tickets_per_day=4, agents=4, seed=3))
    tasks.follow_journal()
    client.force_login(leo)
    waiting = client.get(PAGE).content.decode()
    assert "Your tickets are being counted" in waiting
    assert "hx-get" in waiting
    client.get(PAGE)
    assert Audit.objects.count() == 1
    run_jobs()
    page = client.get(f"{PAGE}?period=90").content.decode()
    assert "From your tickets up to" in page
    assert "What to do first" in page
    assert "Not now" in page
    assert page.count('<svg role="img"') > 5
    row = Audit.objects.get()
    assert row.result is not None
    shown = audits.standing(row, "en").result
    assert shown is not None
    number = shown.front.moves[0].tickets[0]
    assert f'href="/desk/tickets/{number}"' in page
    assert client.get(f"/desk/tickets/{number}").status_code == 200
    # what was entered about costs is another question
    change({"audit_cost_hour": 40, "audit_hours_month": 500}, actor=Actor.system())
    client.get(PAGE)
    run_jobs()
    assert "A resolved ticket costs" in client.get(PAGE).content.decode()


def test_newer_tickets_are_counted_when_the_last_answer_has_aged(
    committed_db: str, leo: Agent, sam: Agent, dana: Customer, client: Client, run_jobs: Callable[[], None]
) -> None:
    for _ in range(22):
        answers(sam, asks(dana), then="solved")
    tasks.follow_journal()
    client.force_login(leo)
    client.get(PAGE)
    run_jobs()
    answers(sam, asks(dana), then="solved")
    tasks.follow_journal()
    client.get(PAGE)
    assert Audit.objects.get().state == "done", "it is fresh enough"
    Audit.objects.update(done_at=now() - timedelta(minutes=10))
    page = client.get(PAGE).content.decode()
    assert "Newer tickets are being counted" in page
    assert "What to do first" in page or "Not now" in page, "the earlier answer stays"
    run_jobs()
    news = client.get(f"{PAGE}?news=1", headers={"HX-Request": "true"}).content.decode()
    assert "show them" in news
    result = audits.standing(Audit.objects.get(), "en").result
    assert result is not None
    assert result.counted == 23


def test_too_few_tickets_say_what_is_missing(
    committed_db: str, ada: Agent, sam: Agent, dana: Customer, client: Client, run_jobs: Callable[[], None]
) -> None:
    client.force_login(ada)
    client.get(PAGE)
    run_jobs()
    page = client.get(PAGE).content.decode()
    assert "Too few tickets" in page
    assert "headway audit" in page
    assert "/desk/settings/audit" in page


def test_who_sees_their_teams_gets_their_teams_figures(
    committed_db: str, leo: Agent, sam: Agent, frontline: Team, dana: Customer
) -> None:
    leo.sees = "teams"
    leo.save()
    assert audits.question(leo).teams == ()
    Membership.objects.create(agent=leo, team=frontline)
    assert audits.question(leo).teams == (frontline.pk,)
    other = Team.objects.create(name="Others")
    assert audits.question(leo, team_id=other.pk).teams == ()
    leo.sees = "all"
    assert audits.question(leo).teams is None
    assert audits.question(leo, team_id=other.pk).teams == (other.pk,)
    leo.sees = "brands"
    assert audits.question(leo).brands == ()


def test_what_fails_says_so_and_can_be_tried_again(
    committed_db: str, leo: Agent, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("no memory")

    client.force_login(leo)
    client.get(PAGE)
    monkeypatch.setattr(live, "run", breaks)
    with pytest.raises(RuntimeError):
        tasks.answer(Audit.objects.get().pk)
    assert "could not be computed" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"period": "90"}).status_code == 302
    assert Audit.objects.get().state == "waiting"


def test_the_api_gives_the_same(
    committed_db: str, leo: Agent, sam: Agent, dana: Customer, run_jobs: Callable[[], None]
) -> None:
    for _ in range(3):
        answers(sam, asks(dana), then="solved")
    tasks.follow_journal()
    program = Program(leo)
    first = program.ask("GET", "/audit")
    assert (first.status, first.body["audit"]) == (200, None)
    assert first.headers["retry-after"] == "2"
    run_jobs()
    told = program.ask("GET", "/audit").body
    assert (told["state"], told["audit"]["counted"]) == ("done", 3)
    assert set(told["audit"]["verdict"]) >= {"verdict", "says", "moves"}
    assert program.ask("GET", "/audit?period=never").status == 422
    assert Program(sam).ask("GET", "/audit").status == 403
