from collections.abc import Iterator

import pytest

from headway.intake.email.imap.tests.boxes import Boxes
from headway.intake.email.processing import parsers
from headway.people.models import Agent, Brand
from tests.mailservers.dovecot import Dovecot


@pytest.fixture
def boxes(ada: Agent, acme: Brand, dovecot: Dovecot) -> Boxes:
    """Mailboxes on a server of the test's own."""
    return Boxes(dovecot, ada, acme)


@pytest.fixture(autouse=True, scope="session")
def _end_parsers() -> Iterator[None]:
    yield
    parsers.close()
