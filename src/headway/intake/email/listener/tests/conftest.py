"""A workspace with an address of its own, and a listener for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.intake.email.listener.server import Listener
from headway.intake.email.listener.tests.listening import OURS, listening
from headway.people.actions import brands
from headway.people.models import Agent, Brand


@pytest.fixture
def desk(committed_db: str, ada: Agent, acme: Brand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A workspace with an address of its own, and a home of its own for the spool."""
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path))
    brands.add_address(acme, OURS, actor=ada.actor)
    return OURS


@pytest.fixture
def listener(desk: str) -> Iterator[Listener]:
    with listening() as found:
        yield found
