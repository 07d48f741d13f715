"""The supervisor, with small processes in the place of web and worker: restarts, order, and no orphan ever."""

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from headway.ops import processes
from headway.ops.supervisor import Part, Plan
from headway.ops.tests.ports import free_port
from headway.ops.tests.running import Running, running, until

_WEB = """
import http.server, signal, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self): self.send_response(204); self.end_headers()
    def log_message(self, *_): pass
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("web says hello")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
# Asked to stop, it first finishes a job, for which it needs the database.
_WORKER = """
import os, signal, sys, time, psycopg
from pathlib import Path
def finish(*_):
    time.sleep(0.3)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        answer = connection.execute("SELECT 'finished'").fetchone()[0]
    Path(os.environ["HEADWAY_HOME"], "job").write_text(answer)
    sys.exit(0)
signal.signal(signal.SIGTERM, finish)
print("worker works")
while True: time.sleep(10)
"""
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(10)"
# Leaves a child in a session of its own behind when it is killed.
_PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "left-behind"], start_new_session=True)
while True: time.sleep(10)
"""


def _python(name: str, script: str, *arguments: str, address: tuple[str, int] | None = None) -> Part:
    return Part(name, (sys.executable, "-c", script, *arguments), address)


def _running(plan: Plan, home: Path) -> AbstractContextManager[Running]:
    return running([sys.executable, "-m", "headway.ops.supervisor", plan.to_json()], home)


@pytest.fixture
def plan(home: Path) -> Plan:
    port = free_port()
    return Plan(
        before=(_python("migrate", "print('tables made')"),),
        parts=(_python("web", _WEB, str(port), address=("127.0.0.1", port)), _python("worker", _WORKER)),
        welcome="Sign in as ada",
    )


def test_it_starts_in_order_and_stops_with_the_database_last(plan: Plan, home: Path) -> None:
    with _running(plan, home) as up:
        up.wait_for("Sign in as ada")
        up.wait_for("worker works")
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(timeout=60) == 0
        said = up.log.read_text()
        order = ["database │ serves", "migrate  │ tables made", "web      │ web says hello", "headway  │ Stopped."]
        assert [said.index(line) for line in order] == sorted(said.index(line) for line in order)
        assert (home / "job").read_text() == "finished"
        assert up.everybody() == []


def test_who_falls_is_started_again(plan: Plan, home: Path) -> None:
    with _running(plan, home) as up:
        up.wait_for("Sign in as ada")
        up.wait_for("worker works")
        first = up.parts()
        for name in ("web", "worker"):
            os.kill(first[name], signal.SIGKILL)
        up.wait_for("web says hello", times=2)
        up.wait_for("worker works", times=2)
        until(lambda: not set(up.parts().values()) & set(first.values()), lambda: "new processes")
        os.kill(up.postmaster(), signal.SIGKILL)
        up.wait_for("serves again")
        up.process.send_signal(signal.SIGTERM)
        assert up.process.wait(timeout=60) == 0
        assert (home / "job").read_text() == "finished"


def test_killed_itself_it_leaves_nobody_and_a_new_one_takes_over(plan: Plan, home: Path) -> None:
    with _running(plan, home) as up:
        up.wait_for("Sign in as ada")
        up.process.kill()
        up.process.wait()
        with _running(plan, home) as second:
            second.wait_for("Sign in as ada")
            assert len(second.parts()) == 2


def test_a_second_stop_does_not_wait(plan: Plan, home: Path) -> None:
    stubborn = Plan(before=(), parts=(*plan.parts, _python("stubborn", _STUBBORN)), welcome=plan.welcome)
    with _running(stubborn, home) as up:
        up.wait_for("Sign in as ada")
        up.process.send_signal(signal.SIGINT)
        up.wait_for("Stopping")
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(timeout=30) == 0
        assert up.everybody() == []


def test_what_a_killed_process_leaves_behind_is_ended(home: Path) -> None:
    with _running(Plan(before=(), parts=(_python("web", _PARENT),), welcome="ready"), home) as up:
        up.wait_for("ready")
        until(lambda: _named("left-behind", up), lambda: "the child")
        [left] = _named("left-behind", up)
        os.kill(up.parts()["web"], signal.SIGKILL)
        assert processes.gone([left], seconds=30)


def test_a_failed_preparation_starts_nothing(plan: Plan, home: Path) -> None:
    failing = Plan(before=(_python("migrate", "raise SystemExit('no such table')"),), parts=plan.parts)
    with _running(failing, home) as up:
        assert up.process.wait(timeout=60) == 1
        said = up.log.read_text()
        assert "migrate  │ no such table" in said
        assert "web says hello" not in said


def test_who_never_starts_ends_the_whole(plan: Plan, home: Path) -> None:
    hopeless = Plan(before=(), parts=(*plan.parts, _python("live", "raise SystemExit('no such module')")))
    with _running(hopeless, home) as up:
        assert up.process.wait(timeout=60) == 1
        assert up.log.read_text().count("live     │ no such module") == 3


def test_a_second_supervisor_and_a_taken_port_are_one_sentence(plan: Plan, home: Path) -> None:
    with _running(plan, home) as up:
        up.wait_for("Sign in as ada")
        again = subprocess.run(up.process.args, capture_output=True, text=True, check=False)
        elsewhere = os.environ | {"HEADWAY_HOME": str(home / "elsewhere")}
        taken = subprocess.run(up.process.args, capture_output=True, text=True, env=elsewhere, check=False)
    assert (again.returncode, taken.returncode) == (1, 1)
    assert "already runs with the data in" in again.stderr
    assert "is used by another program" in taken.stderr.splitlines()[-1]


def _named(word: str, up: Running) -> list[int]:
    last = b"\0" + word.encode() + b"\0"
    return [pid for pid in up.everybody() if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(last)]
