import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.recovery.mailbox import Mailbox
from tests.recovery.product import Prepared, Product


@pytest.fixture(scope="session")
def prepared() -> Iterator[Prepared]:
    """A data folder to copy."""
    home = Path(tempfile.mkdtemp(prefix="hw-"))
    yield Prepared(home)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def seed() -> int:
    """What decides who is killed when: HEADWAY_TEST_SEED, or another each time."""
    return int(os.environ.get("HEADWAY_TEST_SEED") or random.SystemRandom().randrange(1_000_000))


@pytest.fixture
def mailbox(seed: int) -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    mailbox = Mailbox(seed)
    mailbox.start()
    yield mailbox
    mailbox.stop()


@pytest.fixture
def product(prepared: Prepared, mailbox: Mailbox) -> Iterator[Product]:
    """The whole product, serving; at the end nobody of it lives."""
    with prepared.copied() as home:
        product = Product(home, mailbox.port)
        try:
            product.start()
            yield product
        finally:
            product.end()
