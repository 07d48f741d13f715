"""What the kernel is asked about processes: die with your parent, adopt orphans, who still works in a folder.

On systems without prctl and /proc (macOS) these do nothing or answer "none"; everything else works there.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

LINUX = sys.platform.startswith("linux")
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# Loaded before any fork: loading a library between fork and exec may deadlock.
_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


def dies_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel send `number` to the child when the spawning thread ends.

    Spawn from the main thread: a thread that ends takes its children down. It runs after the child changed its user,
    as the kernel forgets the wish at a change of credentials.
    """
    parent = os.getpid()

    def ask() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:  # it ended between fork and the call
                os.kill(os.getpid(), number)

    return ask


def adopt_orphans() -> None:
    """Makes this process the parent of descendants whose own parent dies, so that it can end them."""
    if _libc is not None:
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def everybody() -> list[int]:
    """Every process of the machine that may be seen from here."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()] if LINUX else []  # noqa: PTH208 - twice as fast


def children(parent: int) -> list[int]:
    """The living direct children of `parent`."""
    return [pid for pid in everybody() if (stat := _stat(pid)) and int(stat[1]) == parent and stat[0] != "Z"]


def working_in(folder: Path, program: str) -> list[int]:
    """Living processes that run `program` with `folder` as their working directory."""
    found = []
    for pid in everybody():
        try:
            at_home = Path(f"/proc/{pid}/cwd").readlink() == folder
            runs = Path(f"/proc/{pid}/exe").readlink().name.removesuffix(" (deleted)")
        except OSError:  # ended meanwhile, or another user's
            continue
        if at_home and runs == program and alive(pid):
            found.append(pid)
    return found


def birth(pid: int) -> str | None:
    """A mark that no later process with the same number has: when it started. None when it does not run."""
    stat = _stat(pid)
    return stat[19] if stat and stat[0] != "Z" else None


def alive(pid: int) -> bool:
    """Whether `pid` runs; one that ended and waits to be collected does not."""
    if LINUX:
        stat = _stat(pid)
        return stat is not None and stat[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def end(pids: Iterable[int], number: signal.Signals = signal.SIGKILL, *, seconds: float = 10) -> bool:
    """Signals every process and waits until all are gone; False when some still live after `seconds`."""
    targets = set(pids)
    for pid in targets:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
    return gone(targets, seconds=seconds)


def gone(pids: Iterable[int], *, seconds: float) -> bool:
    """Waits until none of them lives; False when some still do after `seconds`."""
    waiting = set(pids)
    deadline = time.monotonic() + seconds
    while waiting := {pid for pid in waiting if alive(pid)}:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the state on: state, parent, group, session, …"""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()
