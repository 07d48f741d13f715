"""The machine: Python, disk, folders, the key. Without Django and without a database."""

import os
import pwd
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import headway
from headway.foundation import environment, keys, paths
from headway.foundation.errors import Invalid
from headway.ops.doctor.finding import Finding, ok, problem, warning

_GIGABYTE = 1_000_000_000
_PRIVATE = ("files", "spool", "run", "logs", "postgres")


def is_new() -> bool:
    """Whether nothing was ever started with this data folder and this database."""
    return not os.environ.get("DATABASE_URL") and not (paths.home() / "postgres").exists()


def has_key() -> bool:
    """Whether there is a master key; without one, setting Django up would make a new one."""
    return bool(os.environ.get("HEADWAY_MASTER_KEY")) or keys.key_file().exists()


def version(_env: environment.Environment) -> Iterator[Finding]:
    """Headway's and Python's version."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    says = f"Headway {headway.__version__} on Python {found}, {sys.platform}."
    yield ok("version", says)


def disk(env: environment.Environment) -> Iterator[Finding]:
    """Room where the data is."""
    store = environment.files_address(env)
    places = [paths.home()] if store.startswith("s3://") else [paths.home(), Path(store)]
    disks: set[int] = set()
    for place in places:
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        if there.stat().st_dev in disks:
            continue
        disks.add(there.stat().st_dev)
        usage = shutil.disk_usage(there)
        says = f"{usage.free / _GIGABYTE:,.1f} GB of {usage.total / _GIGABYTE:,.1f} GB are free at {place}."
        if usage.free < _GIGABYTE:
            yield problem("disk", says, "Make room at once: with a full disk the database stops.")
        elif usage.free < usage.total / 20:
            yield warning("disk", says, "Make room, or move the data folder (HEADWAY_HOME) to a larger disk.")
        else:
            yield ok("disk", says)


def folders(_env: environment.Environment) -> Iterator[Finding]:
    """Whose the data is, and who else may look into it."""
    home = paths.home()
    if not home.exists():
        yield ok("folders", f"The data folder {home} is made at the first start.")
        return
    owner = home.stat().st_uid
    if owner != os.geteuid():
        yield warning(
            "folders",
            f"The data folder {home} belongs to {_name(owner)}, and you are {_name(os.geteuid())}.",
            f"Run headway as {_name(owner)}, or set HEADWAY_HOME to a folder of your own.",
        )
    open_to_others = [
        str(home / name) for name in _PRIVATE if (home / name).exists() and (home / name).stat().st_mode & 0o077
    ]
    if open_to_others:
        places = " ".join(open_to_others)
        yield problem("folders", f"Other users of this machine can look into {places}.", f"Run: chmod 700 {places}")
    else:
        yield ok("folders", f"The data is in {home} and closed to other users.")


def master_key(_env: environment.Environment) -> Iterator[Finding]:
    """That there is a key, and that it is one."""
    file = keys.key_file()
    if not has_key():
        yield problem(
            "master key",
            f"There is no master key: HEADWAY_MASTER_KEY is not set and {file} does not exist.",
            "Put it back: secrets stored here and backups cannot be read without it. (Or point HEADWAY_HOME and "
            "DATABASE_URL to where the installation is.)",
        )
        return
    try:
        keys.master_key()
    except Invalid as error:
        yield problem("master key", error.message, f"Put the right key into {keys.where()}.")
        return
    if not os.environ.get("HEADWAY_MASTER_KEY") and file.stat().st_mode & 0o077:
        yield problem("master key", f"Other users of this machine can read {file}.", f"Run: chmod 600 {file}")
    else:
        yield ok("master key", f"It is in {keys.where()}. Keep a copy elsewhere: backups need it.")


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
