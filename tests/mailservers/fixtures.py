"""Mail servers as fixtures."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from headway.intake.oauth import endpoints
from tests.mailservers import dovecot as program
from tests.mailservers.dovecot import Dovecot
from tests.mailservers.oauth import Provider


@pytest.fixture
def dovecot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    """An IMAP and LMTP server whose certificate (for localhost and 127.0.0.1) is trusted in this process."""
    with program.running() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield server


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider of OAuth 2 that stands in Google's place and Microsoft's."""
    served = Provider()
    for name in ("google", "microsoft"):
        known = replace(endpoints.TABLE[name], authorize=f"{served.url}/authorize", token=f"{served.url}/token")
        monkeypatch.setitem(endpoints.TABLE, name, known)
    yield served
    served.close()
