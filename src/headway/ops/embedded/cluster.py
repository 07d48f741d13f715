"""Making a cluster: initdb, the role and database `headway`, its extensions, a password of its own."""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from headway.ops.embedded import configuration
from headway.ops.embedded.account import Account
from headway.ops.embedded.binaries import Binaries
from headway.ops.errors import Unusable

EXTENSIONS = ("vector", "pg_trgm", "unaccent", "citext")
ROLE = DATABASE = "headway"
_VERSION_FILE = "headway.version"
PASSWORD_FILE = "headway.password"  # noqa: S105 - a name

# In template1, so that every database made later has them: only a superuser may create `vector`, and `headway` is none.
_BOOTSTRAP = "\n".join([*(f"CREATE EXTENSION {name};" for name in EXTENSIONS), ""]) + (
    f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '%s';\n"
    f"GRANT pg_monitor TO {ROLE};\n"
    f"CREATE DATABASE {DATABASE} OWNER {ROLE} STRATEGY file_copy;\n"
)


def environment() -> dict[str, str]:
    """What the server's programs see: nothing of ours that could change their answers."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": _locale(), "TZ": "UTC"}


def create(binaries: Binaries, account: Account, data: Path, *, durable: bool) -> None:
    """Makes a cluster at `data`, which appears complete or not at all."""
    draft = data.with_name(f".draft-{data.name}")
    shutil.rmtree(draft, ignore_errors=True)
    hasty = [] if durable else ["--no-sync"]
    _run(
        [
            *(binaries.program("initdb"), "--pgdata", str(draft), "--username=postgres", "--auth=reject", *hasty),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={_locale()}"),
        ],
        account,
    )
    # Alphanumeric: it stands in SQL, in addresses and in password files without quoting.
    password = secrets.token_hex(24)
    _run_alone(binaries, account, draft, "template1", _BOOTSTRAP % password)
    configuration.write_access(draft, pwd.getpwuid(account.uid).pw_name)
    (draft / _VERSION_FILE).write_text(binaries.version)
    kept = draft / PASSWORD_FILE
    kept.touch(mode=0o600)
    kept.write_text(password)
    account.give(kept)
    if durable:  # the server's own files it has synced itself
        for path in (kept, draft / "pg_hba.conf", draft / "pg_ident.conf", draft):
            sync(path)
    draft.rename(data)
    if durable:
        sync(data.parent)


def sync(path: Path) -> None:
    """Makes sure that a file, or the names in a folder, outlive a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy(binaries: Binaries, account: Account, data: Path, cache: Path) -> None:
    """A cluster at `data` that will be thrown away, copied from one made once: 0.1 s instead of 1 s."""
    digest = hashlib.sha256(f"{binaries.version} {_BOOTSTRAP}".encode()).hexdigest()[:12]
    original = cache / f"cluster-{digest}"
    with (cache / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            home = cache / f".making-{digest}"
            account.own_folder(home)
            create(binaries, account, home / "data", durable=False)
            (home / "data").rename(original)
            home.rmdir()
    subprocess.run(["cp", "-a", str(original), str(data)], check=True)


def refresh(binaries: Binaries, account: Account, data: Path) -> None:
    """After an update of the programs: brings the extensions of a stopped cluster to the version that came with them.

    In every database made by us; only a superuser may do it, and nobody can sign in as one.
    """
    marker = data / _VERSION_FILE
    if marker.exists() and marker.read_text() == binaries.version:
        return
    statements = "".join(f"ALTER EXTENSION {name} UPDATE;\n" for name in EXTENSIONS)
    for database in ("template1", DATABASE):
        _run_alone(binaries, account, data, database, statements)
    marker.write_text(binaries.version)


def password(data: Path) -> str:
    """The password of the role `headway` in this cluster."""
    return (data / PASSWORD_FILE).read_text().strip()


def _locale() -> str:
    return "C.UTF-8" if sys.platform.startswith("linux") else "C"


def _run_alone(binaries: Binaries, account: Account, data: Path, database: str, statements: str) -> None:
    """Runs SQL as the superuser in a server of its own that nobody else can reach. A statement ends with its line."""
    single = [binaries.program("postgres"), "--single", "-j", "-D", str(data), "-c", "log_checkpoints=off"]
    _run([*single, database], account, statements.replace(";\n", ";\n\n"))


def _run(command: list[str], account: Account, text: str | None = None) -> None:
    done = subprocess.run(
        command, input=text, env=environment(), cwd="/", capture_output=True, text=True, check=False, **account.run_as()
    )
    # The single-user server ends with 0 after a failed statement: it says ERROR.
    if done.returncode != 0 or "ERROR:" in done.stderr:
        raise Unusable(f"The embedded database could not be made: {_reason(done.stderr or done.stdout)}")


def _reason(output: str) -> str:
    lines = [line for line in output.splitlines() if "ERROR" in line or "FATAL" in line or "error:" in line]
    return (lines or output.splitlines() or ["no reason given"])[-1].strip()
