"""The supervisor's loop: one thread that listens to everybody, restarts who falls, and ends all in order."""

import os
import selectors
import signal
import socket
import subprocess
import time
from typing import Any

from headway.foundation.environment import Environment
from headway.ops import processes
from headway.ops.errors import Unusable
from headway.ops.supervisor.child import Child
from headway.ops.supervisor.console import Console
from headway.ops.supervisor.database import Database
from headway.ops.supervisor.plan import Part, Plan
from headway.ops.supervisor.register import Register

_TICK = 1.0
_TICK_WHILE_STARTING = 0.05
_PATIENCE = 90.0  # seconds for a worker to finish its job and web to answer what it has accepted
_PORT_PATIENCE = 5.0
_ATTEMPTS_AT_START = 3
_WAY = 20.0  # seconds for which a part gives way to those that never get ready
_LONGEST_WAIT = 30.0


class Supervisor:
    """Runs a plan until it is asked to stop. `run` returns the exit code."""

    def __init__(self, plan: Plan, env: Environment, console: Console) -> None:
        self._plan = plan
        self._env = env
        self._console = console
        self._address = f"http://{env.host}:{env.port}"
        self._children: list[Child] = []
        self._asked = 0  # how often we were asked to stop
        self._welcomed = False
        self._failed = False
        self._selector = selectors.DefaultSelector()
        self._database = Database(env.database_url)
        self._database_failures = 0
        self._database_due = 0.0

    def run(self) -> int:
        self._register = Register()
        try:
            self._listen_for_signals()
            processes.adopt_orphans()
            self._register.end_earlier()
            for part in self._plan.parts:
                self._wait_for_port(part)
            began = time.monotonic()
            self._environ = dict(os.environ) | {"DATABASE_URL": self._database.start(self._stopping)}
            if self._database.embedded:
                self._console.line("database", f"serves, after {time.monotonic() - began:.1f} s")
            self._prepare()
            self._keep()
        except InterruptedError:
            return 0 if not self._failed else 1
        finally:
            self._end()
        return 1 if self._failed else 0

    def _prepare(self) -> None:
        """Runs the preparations to their end, one after the other."""
        for part in self._plan.before:
            child = self._start(Child(part))
            while child.runs:
                self._turn(restart=False)
                if self._stopping():
                    raise InterruptedError
            self._children.remove(child)
            if child.last_code != 0:
                self._failed = True
                self._console.say(f"{child.name} failed ({child.last_code}): nothing was started. Its lines say why.")
                raise InterruptedError

    def _keep(self) -> None:
        later = [part for part in self._plan.parts if part.gives_way]
        for part in self._plan.parts:
            if not part.gives_way:
                self._start(Child(part))
        self._note()
        patience = time.monotonic() + _WAY
        while not self._stopping():
            self._turn(restart=True)
            self._look_for_answers()
            if later and (self._all_ready() or time.monotonic() > patience):
                for part in later:
                    self._start(Child(part))
                later = []
                self._note()
            if not later:
                self._welcome()

    def _look_for_answers(self) -> None:
        for child in self._children:
            if not child.ready and child.runs:
                child.ready = child.answers()

    def _all_ready(self) -> bool:
        return all(child.ready for child in self._children)

    def _welcome(self) -> None:
        if not self._welcomed and self._all_ready():
            self._welcomed = True
            self._console.say(f"Headway is at {self._address}   (Ctrl-C stops it)")
            if self._plan.welcome:
                self._console.plain(self._plan.welcome)
            if greeting := self._greeting():
                self._console.plain(greeting)

    def _greeting(self) -> str:
        """What the plan's greeting prints; nothing when it cannot: all serve already, so that is no reason to stop."""
        if not self._plan.greeting:
            return ""
        try:
            done = subprocess.run(
                self._plan.greeting, env=self._environ, capture_output=True, text=True, timeout=_WAY, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.strip()

    def _turn(self, *, restart: bool) -> None:
        """Waits for news at most a tick, passes lines on, looks after who ended."""
        for key, _ in self._selector.select(_TICK if self._all_ready() else _TICK_WHILE_STARTING):
            if key.data is None:
                self._wakeup.recv(4096)
            else:
                self._pass_on(key.data, key.fd)
        self._look_after_database()
        for child in self._children:
            if child.process is not None and _has_ended(child.process):
                self._bury(child, restart)
        self._collect_strangers()
        if restart:
            for child in self._children:
                if not child.runs and time.monotonic() >= child.restart_at and not self._stopping():
                    self._start(child)
                    self._note()

    def _start(self, child: Child) -> Child:
        child.spawn(self._environ)
        self._selector.register(child.output or 0, selectors.EVENT_READ, child)
        if child not in self._children:
            self._children.append(child)
        return child

    def _pass_on(self, child: Child, descriptor: int) -> None:
        if child.output != descriptor:
            return
        lines = child.lines()
        if not child.speaks:
            self._selector.unregister(descriptor)
        for line in lines:
            self._console.line(child.name, line)

    def _bury(self, child: Child, restart: bool) -> None:
        child.end_group()
        if child.output is not None:
            self._selector.unregister(child.output)
        for line in child.last_lines():
            self._console.line(child.name, line)
        code = child.collect()
        self._end_strangers()
        if not restart or self._stopping():
            return
        what = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        if not child.proved and child.failures >= _ATTEMPTS_AT_START:
            self._failed = True
            self._console.say(f"{child.name} {what} each time it was started; its lines above say why. Stopping.")
            self._asked = max(self._asked, 1)
            return
        self._console.say(f"{child.name} {what}; starting it again in {child.restart_at - time.monotonic():.1f} s")

    def _end_strangers(self) -> None:
        """Kills orphans that we adopted: what a fallen child left outside of its group."""
        processes.end(set(processes.children(os.getpid())) - self._known(), seconds=1)
        self._collect_strangers()

    def _collect_strangers(self) -> None:
        while (pid := _ended_child()) is not None and pid not in self._known():
            os.waitpid(pid, 0)

    def _known(self) -> set[int]:
        ours = {child.process.pid for child in self._children if child.process}
        database = self._database.process_id()
        return ours | {database} if database else ours

    def _look_after_database(self) -> None:
        if not self._database.fell() or time.monotonic() < self._database_due or self._stopping():
            return
        self._console.line("database", "ended; starting it again")
        began = time.monotonic()
        try:
            self._database.start(self._stopping)
            self._console.line("database", f"serves again, after {time.monotonic() - began:.1f} s")
            self._database_failures = 0
            self._end_strangers()
        except Unusable as error:
            self._database_failures += 1
            wait = min(2.0**self._database_failures, _LONGEST_WAIT)
            self._database_due = time.monotonic() + wait
            self._console.line("database", f"{error.message} Trying again in {wait:.0f} s.")
        self._note()

    def _end(self) -> None:
        """Worker, web and live together, each finishing what it does; the database last."""
        if self._children or self._database.process_id():
            self._console.say("Stopping… (Ctrl-C again: at once)")
        for child in self._children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        while any(child.runs for child in self._children):
            if self._asked > 1 or time.monotonic() > deadline:
                for child in self._children:
                    child.end_group()
            self._turn(restart=False)
        self._database.stop(hard=self._asked > 1)
        self._end_strangers()
        self._register.close()
        self._console.say("Stopped.")

    def _stopping(self) -> bool:
        return self._asked > 0

    def _note(self) -> None:
        parts = {child.name: child.process.pid for child in self._children if child.process}
        self._register.write(supervisor=os.getpid(), address=self._address, parts=parts)

    def _wait_for_port(self, part: Part) -> None:
        deadline = time.monotonic() + _PORT_PATIENCE
        while part.address is not None and not _is_free(*part.address):
            if time.monotonic() > deadline:
                option = "--port" if part.name == "web" else "--live-port"
                raise Unusable(
                    f"Port {part.address[1]}, for {part.name}, is used by another program. "
                    f"Stop that program or choose another port with {option}."
                )
            time.sleep(0.1)

    def _listen_for_signals(self) -> None:
        self._wakeup, write = socket.socketpair()
        self._wakeup.setblocking(False)
        write.setblocking(False)
        self._write = write  # kept open
        signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._wakeup, selectors.EVENT_READ, None)

        def ask(_number: int, _frame: Any) -> None:
            self._asked += 1

        signal.signal(signal.SIGINT, ask)
        signal.signal(signal.SIGTERM, ask)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether our child ended; on Linux it stays uncollected, so that its number is not given to another."""
    if not processes.LINUX:
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _ended_child() -> int | None:
    if not processes.LINUX:  # there nobody is adopted
        return None
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return found.si_pid if found else None


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
