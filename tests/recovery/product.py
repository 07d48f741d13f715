"""The whole product in processes of their own, and ways to kill each of them."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import psycopg

from headway.ops import processes
from headway.ops.embedded.attach import address_of_running
from headway.ops.supervisor import Part, Plan
from headway.ops.tests.commands import evaluated, headway
from headway.ops.tests.ports import free_port
from headway.ops.tests.running import Running
from tests.recovery.witness import TABLES

T = TypeVar("T")

WORKERS = ("worker-a", "worker-b")
FORGOTTEN = 8.0  # seconds after which another worker surely has taken over

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 90.0  # seconds, on a machine that others use too

_PREPARE = f"""
from datetime import timedelta
from django.db import connection
from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.people.actions import tokens
from headway.people.models import Agent, Customer, Identity
from headway.settings import actions as settings
settings.change({{"undo_seconds": 0, "api_requests_per_minute": 100_000}}, actor=Actor.system())
ada = Agent(email="ada@desk.example", name="Ada", role="administrator")
ada.set_unusable_password()
ada.save()
customers = []
for number in range(5):
    customer = Customer.objects.create(name=f"Customer {{number}}", created_at=now())
    address = f"customer{{number}}@example.com"
    Identity.objects.create(customer=customer, kind="email", value=address, verified_at=now())
    customers.append(customer.pk)
with connection.cursor() as cursor:
    cursor.execute('''{TABLES}''')
_token, secret = tokens.issue(ada, "recovery", ["tickets:read", "tickets:write"], actor=ada.actor)
answer = {{"token": secret, "customers": customers}}
"""


class Prepared:
    """A data folder with tables, a token and some customers, to be copied for each test."""

    def __init__(self, home: Path) -> None:
        self.home = home
        assert headway("migrate", home=home).returncode == 0
        found = evaluated(_PREPARE, home=home)
        self.token: str = found["token"]
        self.customers: list[int] = found["customers"]

    @contextmanager
    def copied(self) -> Iterator[Path]:
        """A copy, short enough in its name for a socket."""
        home = Path(tempfile.mkdtemp(prefix="hw-"))
        try:
            subprocess.run(["cp", "-a", f"{self.home}/.", str(home)], check=True)
            yield home
        finally:
            shutil.rmtree(home, ignore_errors=True)


class _Started(Running):
    """Keeps what earlier supervisors printed."""

    def __init__(self, command: Sequence[str], home: Path, environ: Mapping[str, str]) -> None:
        self.home = home
        self.log = home / "supervisor.log"
        self.begins = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environ, cwd=ROOT)

    def said(self) -> str:
        """What this one has printed."""
        return self.log.read_bytes()[self.begins :].decode(errors="replace")


class Product:
    """Supervisor, database, web, two workers and a reader of the journal, on the data in `home`."""

    def __init__(self, home: Path, mail_port: int) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {
            "HEADWAY_HOME": str(home),
            "HEADWAY_PORT": str(self.port),
            "HEADWAY_MAIL": f"smtp://127.0.0.1:{mail_port}",
        }
        clean = {name: text for name, text in os.environ.items() if not name.startswith(("HEADWAY_", "DATABASE_URL"))}
        self.environ = clean | own | {"PYTHONPATH": str(ROOT)}
        python = sys.executable
        plan = Plan(
            before=(Part("migrate", (python, "-m", "headway.ops.serving", "migrate")),),
            parts=(
                Part("web", (python, "-m", "headway.ops.serving", "web"), ("127.0.0.1", self.port)),
                *(Part(name, (python, "-m", "tests.recovery.worker")) for name in WORKERS),
                Part("reader", (python, "-m", "tests.recovery.reader")),
            ),
            welcome="everybody serves",
        )
        self._command = [python, "-m", "headway.ops.supervisor", plan.to_json()]
        self.running: _Started | None = None

    def start(self) -> None:
        """Starts the supervisor and waits until everything serves."""
        self.running = _Started(self._command, self.home, self.environ)
        up = self.running
        patiently(lambda: "everybody serves" in up.said(), lambda: f"everybody serves\n{self.said()}")

    def stop(self) -> None:
        """Asks everything to end, and sees that nobody is left."""
        up = self._up()
        up.process.send_signal(signal.SIGTERM)
        assert up.process.wait(timeout=_PATIENCE) == 0, self.said()
        assert up.everybody() == [], f"processes left after a clean stop: {self.who(up.everybody())}"

    def end(self) -> None:
        """Whatever happened: nobody lives after this."""
        if self.running is not None:
            for _ in range(100):
                left = self.running.everybody()
                if self.running.process.poll() is None:
                    left.append(self.running.process.pid)
                if not left:
                    return
                processes.end(left, seconds=5)
            self.running.process.wait()

    def said(self) -> str:
        """The last lines of everybody."""
        return "\n".join((self.home / "supervisor.log").read_text(errors="replace").splitlines()[-60:])

    def who(self, pids: list[int]) -> list[str]:
        """The command lines of some processes."""
        lines = []
        for pid in pids:
            with suppress(OSError):
                lines.append(f"{pid}: " + Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:120])
        return lines

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of the test's own, as soon as the database takes one."""
        return patiently(self._connect, "the database takes connections")

    def _connect(self) -> "psycopg.Connection[tuple[object, ...]] | None":
        url = address_of_running(self.home / "postgres")
        with suppress(psycopg.Error):
            return psycopg.connect(url, autocommit=True) if url else None
        return None

    def parts(self) -> dict[str, int]:
        """The process number of each part."""
        return self._up().parts()

    def postmaster(self) -> int:
        """The process number of the database server."""
        return self._up().postmaster()

    def kill_worker(self, chance: random.Random) -> str:
        """A worker, in whatever job it is."""
        name = chance.choice(WORKERS)
        return self._kill(name, self.parts().get(name))

    def freeze_worker(self, chance: random.Random) -> str:
        """A worker stands still until it is taken for dead and its jobs run elsewhere; then it goes on with them."""
        name = chance.choice(WORKERS)
        pid = self.parts().get(name)
        if pid is None or not processes.alive(pid):
            return f"{name} (was away)"
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(FORGOTTEN)
            os.kill(pid, signal.SIGCONT)
        return f"{name} (frozen)"

    def kill_reader(self, _chance: random.Random) -> str:
        """The reader of the journal."""
        return self._kill("reader", self.parts().get("reader"))

    def kill_web(self, chance: random.Random) -> str:
        """The web process or the child in which it serves, when it has served for a moment."""
        patiently(self._serves, lambda: f"web serves again\n{self.said()}")
        time.sleep(chance.uniform(0, 1))
        parent = self.parts().get("web")
        children = processes.children(parent) if parent else []
        return self._kill("web", chance.choice([parent, *children]))

    def kill_database(self, chance: random.Random) -> str:
        """The postmaster, or one of the processes that serve connections."""
        postmaster = self.postmaster()
        return self._kill("database", chance.choice([postmaster, *processes.children(postmaster)]))

    def kill_supervisor(self, _chance: random.Random) -> str:
        """The supervisor; then everybody must end without it, and a new one takes over."""
        up = self._up()
        up.process.kill()
        up.process.wait()
        patiently(lambda: not up.everybody(), lambda: f"everybody ends with the supervisor: {self.who(up.everybody())}")
        self.start()
        return "supervisor"

    def settle(self) -> None:
        """Waits until every part runs again and answers."""

        def runs() -> bool:
            parts = self.parts()
            return all(processes.alive(parts.get(name, -1)) for name in ("web", *WORKERS, "reader")) and self._serves()

        patiently(runs, lambda: f"everything serves again\n{self.said()}")

    def _kill(self, name: str, pid: int | None) -> str:
        if pid is None or not processes.alive(pid):
            return f"{name} (was away)"
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return name

    def _serves(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.url}/health/ready", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def _up(self) -> _Started:
        assert self.running is not None
        return self.running


def patiently(ask: Callable[[], T | None], what: str | Callable[[], str]) -> T:
    """The first answer that is not empty; fails naming `what` when none comes."""
    deadline = time.monotonic() + _PATIENCE
    while not (found := ask()):
        assert time.monotonic() < deadline, f"waited in vain until {what if isinstance(what, str) else what()}"
        time.sleep(0.1)
    return found
