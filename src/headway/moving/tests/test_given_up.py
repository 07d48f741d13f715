"""An import whose worker died each time, or whose command was killed: said on the page, and gone on with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from headway.events.models import Entry
from headway.foundation.clock import now
from headway.foundation.jobs.rescue import rescue_orphans
from headway.moving import tasks
from headway.moving.actions import running, starting, working
from headway.moving.actions import tickets as bringing
from headway.moving.models import Run
from headway.moving.queries.runs import is_whole, resumable
from headway.moving.tests.test_delimited import TICKETS
from headway.moving.tests.test_uploads import PAGE, packed, uploaded
from headway.people.models import Agent
from headway.tickets.models import Message, Ticket
from headway.web.api.tests.program import Program

pytestmark = pytest.mark.usefixtures("db")


class Killed(BaseException):
    """No `except Exception` sees it, as none sees a SIGKILL."""


@pytest.fixture
def desk(client: Client, ada: Agent) -> Client:
    client.force_login(ada)
    return client


def _its_worker_died(job: str, attempts: int) -> None:
    """The worker that had the newest job of this name is no more, and it was the job's last attempt."""
    number = ProcrastinateJob.objects.filter(task_name=job).latest("pk").pk
    with connection.cursor() as cursor:
        sql = "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = NULL WHERE id = %s"
        cursor.execute(sql, [attempts - 1, number])
    assert rescue_orphans() == 1


def test_one_whose_worker_died_each_time_is_gone_on_with(
    desk: Client, ada: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "BATCH", 1)
    run = uploaded(desk, "export.zip", packed(tmp_path / "export"))
    starting.start(run, actor=ada.actor)
    assert "No worker is running" in desk.get(f"{PAGE}/{run.pk}").content.decode()
    taken = bringing._Work.take

    def dies(self: Any, keys: Any, pool: Any) -> None:
        taken(self, keys, pool)
        raise Killed

    with monkeypatch.context() as short:
        short.setattr(bringing._Work, "take", dies)
        with pytest.raises(Killed):
            tasks.bring(run.pk)
    _release(run)
    tasks.notice_stranded()
    run.refresh_from_db()
    assert (run.state, Ticket.objects.count()) == ("running", 1)  # its job is still to come

    _its_worker_died("moving.bring", tasks.INTERRUPTIONS)
    tasks.notice_stranded()
    run.refresh_from_db()
    assert (run.state, Ticket.objects.count()) == ("failed", 1)
    assert run.finished_at
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Each process that brought it in was ended" in page
    assert "Go on" in page
    assert not ProcrastinateJob.objects.filter(status="failed").exists()  # the page says it, and what to do
    tasks.notice_stranded()
    assert Entry.objects.filter(kind="import.finished", subject_id=run.pk).count() == 1
    assert resumable() == [run]

    assert Program(ada).post(f"/imports/{run.pk}/run", {}).body["state"] == "waiting"
    tasks.bring(run.pk)
    run.refresh_from_db()
    assert is_whole(run), run.counts
    assert (run.counts["ticket"]["new"], run.counts["ticket"]["same"], run.error) == (2, 1, "")
    assert Ticket.objects.count() == 3
    assert len(set(Message.objects.values_list("text", "at"))) == Message.objects.count()


def test_a_dry_run_that_ended_its_workers_is_looked_at_again(desk: Client) -> None:
    run = uploaded(desk, "tickets.csv", TICKETS.encode())
    ProcrastinateJob.objects.all().delete()  # done above by hand
    desk.post(f"{PAGE}/{run.pk}", {"source": "csv"})
    _its_worker_died("moving.check", 3)
    tasks.notice_stranded()
    page = desk.get(f"{PAGE}/{run.pk}").content.decode()
    assert "Each process that looked at it was ended" in page
    assert "Start the import" not in page
    desk.post(f"{PAGE}/{run.pk}", {"source": "csv"})
    working.check(run.pk)
    assert "Start the import" in desk.get(f"{PAGE}/{run.pk}").content.decode()


def test_a_command_that_was_killed_is_told_from_one_that_lives(desk: Client) -> None:
    old = now() - timedelta(minutes=6)
    fresh = Run.objects.create(source="csv", system="fresh", started_at=now())
    killed = Run.objects.create(source="csv", system="killed", started_at=old)
    tasks.notice_stranded()
    fresh.refresh_from_db()
    killed.refresh_from_db()
    assert (fresh.state, killed.state) == ("running", "failed")
    page = desk.get(f"{PAGE}/{killed.pk}").content.decode()
    assert "The command that brought it in was ended. Run it again" in page


def _release(run: Run) -> None:
    """As the server does when a killed process's connection is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [running.LOCK % run.system])
