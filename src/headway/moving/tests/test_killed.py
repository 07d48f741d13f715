"""kill -9 in the middle of an import from the desk: the job begins anew, and everything is there once."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from django.db import connections

from headway.foundation import paths
from headway.moving.actions import plans, starting, working
from headway.moving.actions.plans import Plan
from headway.moving.models import Run
from headway.moving.queries.runs import is_whole
from headway.moving.tests import export
from headway.people.models import Agent
from headway.tickets.models import Message, Origin, Ticket

pytestmark = pytest.mark.long
TICKETS = 1200
_WORKS = (
    "import django, sys; django.setup(); from headway.moving.actions import working; working.bring(int(sys.argv[1]))"
)


def archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("users", "organizations", "groups"):
            packed.writestr(f"{name}.json", json.dumps(export.DOCUMENTS[name]))
        tickets = [export.ticket(number, type=None, custom_fields=[]) for number in range(1, TICKETS + 1)]
        packed.writestr("tickets.json", json.dumps({"tickets": tickets}))
    return target.getvalue()


def test_killed_in_the_middle_it_ends_whole(committed_db: str, ada: Agent) -> None:
    run = plans.prepare(Plan(file_name="export.zip"), actor=ada.actor)
    plans.receive(run, 0, archive(), actor=ada.actor)
    plans.look(run, actor=ada.actor)
    working.check(run.pk)
    run = starting.start(run, actor=ada.actor)
    environment = {
        **os.environ,
        "DATABASE_URL": committed_db,
        "HEADWAY_HOME": str(paths.home()),
        "DJANGO_SETTINGS_MODULE": "headway.config.settings",
    }
    killed = 0
    for _ in range(3):
        worker = subprocess.Popen([sys.executable, "-c", _WORKS, str(run.pk)], env=environment, start_new_session=True)
        before, patience = Ticket.objects.count(), time.monotonic() + 60
        while worker.poll() is None and Ticket.objects.count() == before and time.monotonic() < patience:
            time.sleep(0.02)
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            killed += 1
        worker.wait()
    assert killed
    run.refresh_from_db()
    assert 0 < Ticket.objects.count() < TICKETS
    assert run.state == Run.States.RUNNING
    connections.close_all()  # as the worker that the rescuer gives it to has connections of its own
    working.bring(run.pk)
    run.refresh_from_db()
    assert is_whole(run), run.counts
    assert Origin.objects.count() == Message.objects.count() == Ticket.objects.count() == TICKETS
