"""Releasing a held workspace: shown what is pending, then confirmed."""

import os
from pathlib import Path

import pytest
from django.db import transaction

from headway.events.actor import Actor
from headway.intake.email import sending
from headway.intake.models import Delivery
from headway.ops.tests.commands import headway, reported
from headway.people.models import Agent, Customer
from headway.settings.actions import hold
from headway.settings.queries import is_held
from headway.tickets.models import Message
from headway.tickets.tests.desk import answers, asks


@pytest.fixture
def home() -> Path:
    """The data folder of this test process."""
    return Path(os.environ["HEADWAY_HOME"])


@pytest.fixture
def waiting(committed_db: str, dana: Customer, sam: Agent) -> str:
    """A held workspace with one answer on its way. Its address."""
    answers(sam, asks(dana))
    with transaction.atomic():
        sending.queue(Message.objects.get(direction="out"))
        hold("restored", actor=Actor.system())
    return committed_db


def test_it_shows_what_is_pending_and_asks(waiting: str, home: Path) -> None:
    done = headway("release", home=home, url=waiting)
    assert done.returncode == 1  # nobody said yes
    assert "mails that leave: 1" in done.stdout
    assert "Card declined, to dana@example.com" in done.stdout
    assert "intake.send_due" in done.stdout
    assert is_held()


def test_with_json_and_without_yes_it_only_shows(waiting: str, home: Path) -> None:
    shown = reported("release", home=home, url=waiting)
    assert (shown["released"], shown["pending"]["mails"]) == (False, {"queued": 1})
    assert is_held()


def test_released_it_sends_again(waiting: str, home: Path) -> None:
    assert reported("release", "--yes", home=home, url=waiting)["released"]
    assert not is_held()
    assert Delivery.objects.get().state == "queued"
    again = headway("release", "--yes", home=home, url=waiting)
    assert (again.returncode, "is not held" in again.stderr) == (1, True)


def test_mails_that_wait_can_be_cancelled(waiting: str, home: Path) -> None:
    assert reported("release", "--yes", "--cancel-mail", home=home, url=waiting)["cancelled"] == 1
    assert Delivery.objects.get().state == "cancelled"
