"""The parsing processes are shared by the tests of this folder and end with them."""

from collections.abc import Iterator

import pytest

from headway.intake.email.processing import parsers


@pytest.fixture(autouse=True, scope="session")
def _end_parsers() -> Iterator[None]:
    yield
    parsers.close()
