"""The embedded server: a real PostgreSQL that starts fast, is shared, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from headway.ops import processes
from headway.ops.embedded import EmbeddedServer, account, attach_or_start
from headway.ops.embedded.server import Busy
from headway.ops.errors import Unusable

_ATTACH_AND_HOLD = """
import sys, psycopg
from headway.ops.embedded import running_server
with running_server() as url:
    print("holding", flush=True)
    sys.stdin.readline()
    connection = psycopg.connect(url)
    print(connection.execute("SELECT 'still there'").fetchone()[0], flush=True)
    connection.close()
"""
_START_AND_WAIT = """
import sys
from pathlib import Path
from headway.ops.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False)
server.start()
print(server.process.pid, flush=True)
sys.stdin.readline()
"""


def _ask(url: str, question: str, **options: Any) -> Any:
    with psycopg.connect(url, **options) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def _run(script: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_it_is_a_complete_server(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False) as server, psycopg.connect(server.url) as connection:
        row = connection.execute(
            "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            " current_setting('server_encoding'), lower('ÄÖ'), cardinality(show_trgm('日本語')) > 1"
        ).fetchone()
        extensions = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    assert row == ("headway", False, "UTF8", "äö", True)
    assert extensions >= {"vector", "pg_trgm", "unaccent", "citext"}


def test_databases_made_later_have_the_extensions_too(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False) as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE later")
        assert _ask(server.url, "SELECT '[1,2]'::vector <-> '[1,3]'::vector", dbname="later") == 1


def test_only_its_user_can_read_the_data_and_the_password(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False):
        assert folder.stat().st_mode & 0o777 == 0o700
        [password] = folder.glob("*/headway.password")
        assert password.stat().st_mode & 0o777 == 0o600


def test_a_wrong_password_is_refused_on_both_ways_in(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False) as server:
        port = psycopg.conninfo.conninfo_to_dict(server.url)["port"]
        for host in (str(folder), "127.0.0.1"):
            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(host=host, port=port, user="headway", dbname="headway", password="wrong")


def test_a_second_server_in_the_same_folder_is_refused(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False), pytest.raises(Busy):
        EmbeddedServer(folder, durable=False).start()


def test_commands_share_it_and_the_first_waits_for_the_last(home: Path) -> None:
    first = attach_or_start()
    with _run(_ATTACH_AND_HOLD) as second:
        assert _said(second) == "holding"
        assert second.stdin is not None
        letting_go = threading.Timer(0.3, second.stdin.close)
        letting_go.start()
        first.close()  # returns only when the second is done with it
        assert _said(second) == "still there"
        letting_go.join()
    assert second.returncode == 0


def test_after_kill_9_with_a_busy_backend_it_serves_again_and_kept_what_was_committed(folder: Path) -> None:
    server = EmbeddedServer(folder, durable=True)
    with server, psycopg.connect(server.url, autocommit=True) as busy:
        busy.execute("CREATE TABLE kept (id int)")
        busy.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
        first, url = server.process, server.url
        with psycopg.connect(url) as open_transaction:
            open_transaction.execute("INSERT INTO kept VALUES (0)")
            assert first is not None
            first.kill()
            first.wait()
            assert server.start() == url
            with psycopg.connect(url) as again:
                assert again.execute("SELECT count(*), min(id) FROM kept").fetchone() == (1000, 1)
            with pytest.raises(psycopg.OperationalError):
                open_transaction.execute("SELECT 1")
    assert processes.working_in(next(folder.glob("1*")), "postgres") == []


def test_it_ends_with_the_process_that_started_it(folder: Path) -> None:
    with _run(_START_AND_WAIT, str(folder)) as owner:
        postmaster = int(_said(owner))
        assert processes.alive(postmaster)
        owner.kill()
    assert processes.gone([postmaster], seconds=10)
    with EmbeddedServer(folder, durable=False) as server:
        assert _ask(server.url, "SELECT 1") == 1


def test_a_taken_port_does_not_stop_it(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with EmbeddedServer(folder, durable=False, port=other.getsockname()[1]) as server:
            assert _ask(server.url, "SELECT 1") == 1


def test_it_keeps_its_address_over_a_restart(folder: Path) -> None:
    with EmbeddedServer(folder, durable=False) as server:
        first = server.url
    with EmbeddedServer(folder, durable=False) as server:
        assert server.url == first


def test_without_room_for_a_socket_it_listens_on_the_loopback_only(folder: Path) -> None:
    deep = folder / ("x" * 90)
    folder.chmod(0o755)
    with EmbeddedServer(deep, durable=False) as server:
        assert "@127.0.0.1:" in server.url
        assert _ask(server.url, "SELECT 1") == 1


def test_from_another_thread_it_refuses_to_start(folder: Path) -> None:
    caught: list[Exception] = []

    def start() -> None:
        try:
            EmbeddedServer(folder, durable=False).start()
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "main thread" in str(caught[0])


def test_after_an_update_of_the_programs_the_extensions_are_brought_along(folder: Path) -> None:
    with EmbeddedServer(folder) as server:
        data = Path(_ask(server.url, "SELECT current_setting('data_directory')"))
    marker = data / "headway.version"
    current = marker.read_text()
    marker.write_text("18.0")
    with EmbeddedServer(folder) as server:
        assert _ask(server.url, "SELECT count(*) FROM pg_extension WHERE extname = 'vector'") == 1
    assert marker.read_text() == current


def test_data_of_an_older_major_is_left_alone(folder: Path) -> None:
    (folder / "15").mkdir()
    with pytest.raises(Unusable, match=r"PostgreSQL 15.*headway upgrade"):
        EmbeddedServer(folder).start()
    assert sorted(entry.name for entry in folder.iterdir() if entry.name.isdigit()) == ["15"]


def test_a_broken_configuration_is_told_in_its_own_words(folder: Path) -> None:
    (folder / "custom.conf").write_text("shared_buffers = nonsense\n")
    with pytest.raises(Unusable, match="nonsense"):
        EmbeddedServer(folder, durable=False).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_root_is_told_when_the_servers_user_cannot_reach_the_folder(folder: Path) -> None:
    with pytest.raises(Unusable, match="cannot reach"):
        EmbeddedServer(folder / "inside").start()
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_a_closed_data_folder_lets_the_server_through(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever made it first: the master key is there before the database, and its folder is closed."""
    monkeypatch.setattr(account, "SYSTEM_HOME", folder)
    deep = account.cache() / "deep"
    account.account().own_folder(deep)
    assert (deep.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o700, 0o711)


def test_a_stop_is_obeyed_while_it_starts(folder: Path) -> None:
    server = EmbeddedServer(folder, durable=False)
    with pytest.raises(InterruptedError):
        server.start(give_up=lambda: True)
    assert processes.working_in(next(folder.glob("1*")), "postgres") == []


@pytest.mark.long
def test_killed_in_a_loop_while_writing_it_loses_nothing_it_confirmed(folder: Path) -> None:
    server = EmbeddedServer(folder, durable=True)
    confirmed = 0
    with server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (id int PRIMARY KEY)")
        for _ in range(10):
            killer = threading.Timer(0.1, os.kill, (server.process.pid, signal.SIGKILL) if server.process else ())
            try:
                with psycopg.connect(server.url, autocommit=True) as connection:
                    killer.start()
                    while True:
                        connection.execute("INSERT INTO kept VALUES (%s)", [confirmed + 1])
                        confirmed += 1
                        if confirmed % 50 == 0:
                            # the backend of a killed postmaster goes on until it next looks
                            assert server.process is not None
                            if server.process.poll() is not None:
                                break
            except psycopg.OperationalError:
                pass
            killer.join()
            assert server.process is not None
            server.process.wait()
            began = time.monotonic()
            server.start()
            assert time.monotonic() - began < 15
            with psycopg.connect(server.url) as connection:
                row = connection.execute("SELECT count(*), max(id) FROM kept").fetchone()
            assert row is not None
            # one more may be written than was confirmed
            assert row[0] == row[1]
            assert row[0] in {confirmed, confirmed + 1}
            confirmed = row[0]
