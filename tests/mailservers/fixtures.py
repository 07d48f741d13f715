"""Mail servers as fixtures."""

from collections.abc import Iterator

import pytest

from tests.mailservers import dovecot as program
from tests.mailservers.dovecot import Dovecot


@pytest.fixture
def dovecot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    """An IMAP and LMTP server whose certificate (for localhost and 127.0.0.1) is trusted in this process."""
    for server in program.running():
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield server
