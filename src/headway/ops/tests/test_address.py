"""A database that cannot be used is one clear sentence, without the password in it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from headway.ops import address
from headway.ops.embedded import EmbeddedServer, binaries
from headway.ops.errors import Unusable
from headway.ops.tests.commands import headway
from headway.ops.tests.ports import free_port


@pytest.fixture
def url(server: str) -> str:
    """This worker's server, by its port."""
    parts = psycopg.conninfo.conninfo_to_dict(server)
    return f"postgresql://headway:{urlsplit(server).password}@127.0.0.1:{parts['port']}/headway"


def _refused(url: str) -> str:
    with pytest.raises(Unusable) as caught:
        address.check(url)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_a_server_that_fits_is_let_through(url: str) -> None:
    address.check(url)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (r"/headway$", "/nowhere", "has no such database"),
        (r"headway:", "nobody:", "refused the user or the password"),
        (r"127\.0\.0\.1", "nowhere.invalid", "does not exist"),
        (r"^postgresql", "mysql", "must look like postgresql://"),
    ],
)
def test_a_wrong_address(url: str, right: str, wrong: str, says: str) -> None:
    message = _refused(re.sub(right, wrong, url))
    assert says in message
    assert str(urlsplit(url).password) not in message


def test_nobody_there(elsewhere: Path) -> None:
    nobody = f"postgresql://headway:secret@127.0.0.1:{free_port()}/headway"
    assert "No database server answers" in _refused(nobody)
    done = headway("migrate", home=elsewhere, url=nobody)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_without_pgvector_or_utf8(folder: Path) -> None:
    with EmbeddedServer(folder) as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bare TEMPLATE template0")
            connection.execute("CREATE DATABASE old TEMPLATE template0 ENCODING LATIN1 LOCALE 'C' LOCALE_PROVIDER libc")
        assert "CREATE EXTENSION vector" in _refused(server.url.replace("/headway?", "/bare?"))
        assert "LATIN1" in _refused(server.url.replace("/headway?", "/old?"))
        [control] = folder.glob("programs/*/*/*/share/extension/vector.control")
        control.unlink()
        assert "has no pgvector" in _refused(server.url.replace("/headway?", "/bare?"))


def test_an_old_version(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "OLDEST", binaries.shipped().major + 1)
    assert f"is PostgreSQL {binaries.shipped().major}; Headway needs" in _refused(url)
