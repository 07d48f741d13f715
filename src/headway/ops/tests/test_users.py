"""The same as another user: root hands the server to a system user, everybody else runs it as themselves."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import headway

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")

_SERVER = """
import os, sys, psycopg
from pathlib import Path
from headway.ops.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1]), durable=False) as server:
    with psycopg.connect(server.url) as connection:
        print(connection.execute("SELECT lower('ÄÖ')").fetchone()[0], os.stat(sys.argv[1]).st_uid == os.geteuid())
"""


@dataclass
class Person:
    """An ordinary user with a home and a Python of our version."""

    home: Path
    python: str

    def run(self, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        nobody = pwd.getpwnam("nobody")
        source = str(Path(headway.__file__).parents[1])
        env = {"HOME": str(self.home), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"}
        env["PYTHONPATH"] = f"{source}:{sysconfig.get_path('purelib')}"
        return subprocess.run(
            [self.python, *arguments],
            env=env | variables,
            cwd="/",
            user=nobody.pw_uid,
            group=nobody.pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture
def nobody(folder: Path) -> Iterator[Person]:
    """Skips where no Python of this version, or not this checkout, can be read by an ordinary user."""
    home = folder / "home"
    home.mkdir()
    folder.chmod(0o755)
    shutil.chown(home, "nobody")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        person = Person(home, python)
        try:
            done = person.run("-c", "import psycopg, headway.foundation.paths")
        except OSError:
            continue
        if done.returncode == 0:
            yield person
            return
    pytest.skip("no Python that an ordinary user can run here")


def test_an_ordinary_user_has_a_server_too(nobody: Person) -> None:
    done = nobody.run("-c", _SERVER, str(nobody.home / "server"))
    assert done.stdout.split() == ["äö", "True"], done.stderr


@pytest.mark.long
def test_an_ordinary_users_installation_is_in_the_home_folder(nobody: Person) -> None:
    assert nobody.run("-m", "headway", "migrate").returncode == 0
    data = nobody.home / ".local" / "share" / "headway"
    assert {entry.name for entry in data.iterdir()} >= {"master.key", "postgres"}
    assert nobody.run("-m", "headway", "backup", str(nobody.home / "all.backup")).returncode == 0
    said = nobody.run("-m", "headway", "doctor", HEADWAY_PORT="1").stdout
    assert "✓ tables" in said
    assert str(data) in said
