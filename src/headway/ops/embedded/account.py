"""Whom the server runs as: PostgreSQL refuses root, so root hands it to a system user of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from headway.foundation import paths
from headway.ops.errors import Unusable

SYSTEM_USER = "headway"
SYSTEM_HOME = Path("/var/lib/headway")


class RunAs(TypedDict, total=False):
    """Options of subprocess.Popen that change the child's user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The user of the server's process and files."""

    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        return self.uid == os.geteuid()

    def run_as(self) -> RunAs:
        return {} if self.is_self else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes `path` (one file or folder) this account's own."""
        if not self.is_self:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def own_folder(self, path: Path) -> None:
        """Makes `path` a folder that only this account can enter, and checks that it can be reached."""
        path.mkdir(parents=True, exist_ok=True, mode=0o755)
        self.give(path)
        path.chmod(0o700)
        if self.is_self:
            return
        if not self._reaches(path):
            # The data folder and the system user's home are ours: let the server through, not look.
            for ours in {paths.home(), SYSTEM_HOME} & set(path.parents):
                ours.chmod(ours.stat().st_mode | 0o011)
        if not self._reaches(path):
            raise Unusable(
                f"The database server runs as the user {SYSTEM_USER!r}, who cannot reach {path}. "
                f"Choose a data folder (HEADWAY_HOME) outside of closed folders, such as {SYSTEM_HOME}."
            )

    def _reaches(self, path: Path) -> bool:
        test = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(path)]
        return subprocess.run(test, cwd="/", stderr=subprocess.DEVNULL, check=False, **self.run_as()).returncode == 0


def account() -> Account:
    """The present user; for root the system user `headway`, made when missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        found = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        found = pwd.getpwnam(SYSTEM_USER)
    return Account(found.pw_uid, found.pw_gid)


def cache() -> Path:
    """A folder for what can be made again: programs and a fresh cluster for servers that are thrown away."""
    if os.geteuid() == 0:
        folder = SYSTEM_HOME / "cache"
        folder.mkdir(parents=True, exist_ok=True, mode=0o755)
        return folder
    named = os.environ.get("XDG_CACHE_HOME")
    folder = (Path(named) if named else Path.home() / ".cache") / "headway"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:  # a service account without a home
        folder = Path(tempfile.gettempdir()) / f"headway-cache-{os.geteuid()}"
        folder.mkdir(exist_ok=True, mode=0o700)
    if folder.stat().st_uid != os.geteuid():
        raise Unusable(f"{folder} belongs to somebody else. Set XDG_CACHE_HOME to a folder of your own.")
    return folder


def _make_system_user() -> None:
    commands = [
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_HOME), SYSTEM_USER],
        ["adduser", "-S", "-D", "-H", "-h", str(SYSTEM_HOME), SYSTEM_USER],
    ]
    for command in commands:
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            # 9: it exists, another process was quicker
            if done.returncode in {0, 9}:
                return
    raise Unusable(
        f"PostgreSQL refuses to run as root, and the system user {SYSTEM_USER!r} could not be made. "
        f"Make it (useradd --system {SYSTEM_USER}), or start Headway as an ordinary user."
    )
