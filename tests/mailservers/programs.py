"""Programs of a Linux distribution, found, started unprivileged and ended with everything they started."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PLACES = "/usr/sbin:/usr/local/sbin:/sbin"
_SECONDS = 20.0


def find(name: str, package: str) -> str:
    """The path of a program. Raises LookupError naming the Debian package that has it."""
    found = shutil.which(name) or shutil.which(name, path=_PLACES)
    if found is None:
        raise LookupError(f"The tests need {name}. On Debian: apt-get install {package}, or run bin/test as root.")
    return found


def account() -> str:
    """Who the servers run as: never root."""
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def group() -> str:
    """The group of that account."""
    import grp

    return grp.getgrgid(pwd.getpwnam(account()).pw_gid).gr_name


def folder(name: str) -> Path:
    """A new folder that belongs to that account. The caller removes it."""
    made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir="/tmp"))
    give(made)
    return made


def give(path: Path) -> None:
    """Makes a file or folder that account's."""
    if os.geteuid() == 0:
        known = pwd.getpwnam(account())
        os.chown(path, known.pw_uid, known.pw_gid)


def ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens on."""
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    found = [int(one.getsockname()[1]) for one in taken]
    for one in taken:
        one.close()
    return found


def start(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Starts a program in the foreground, in a session of its own."""
    root = os.geteuid() == 0
    with log.open("ab") as out:
        give(log)
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            cwd="/",
            user=account() if root else None,
            group=group() if root else None,
            extra_groups=[] if root else None,
        )


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until somebody listens. Raises RuntimeError with the log when nobody does."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{process.args!r} did not come up:\n{log.read_text(errors='replace')}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a program at once with everybody of its session. Mail servers are made to survive that."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
