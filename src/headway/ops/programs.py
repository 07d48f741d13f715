"""PostgreSQL's own programs (pg_dump, pg_restore, psql), pointed at a database without showing its password."""

import os
import subprocess
from typing import IO

import psycopg.conninfo

from headway.ops.embedded import binaries
from headway.ops.errors import Unusable

# How libpq calls in the environment what a URL calls otherwise. On a command line every user could read it.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
}


def environment(url: str) -> dict[str, str]:
    """The environment in which libpq's programs find the database at `url`."""
    parts = psycopg.conninfo.conninfo_to_dict(url)
    named = {_VARIABLES[name]: str(value) for name, value in parts.items() if name in _VARIABLES and value is not None}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return ours | {"PGCONNECT_TIMEOUT": "10", "PGAPPNAME": "headway"} | named


def start(
    program: str,
    *arguments: str,
    url: str | None = None,
    source: int | IO[bytes] = subprocess.DEVNULL,
    target: int | IO[bytes] = subprocess.PIPE,
    errors: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Starts one of PostgreSQL's programs on the database at `url`."""
    command = [binaries.shipped().program(program), *arguments]
    env = environment(url) if url else None
    return subprocess.Popen(command, env=env, stdin=source, stdout=target, stderr=errors)


def require_success(program: str, code: int, said: bytes) -> None:
    """Raises Unusable with the program's last words when it failed."""
    if code != 0:
        lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
        told = [line for line in lines if "error" in line.lower() or "FATAL" in line] or lines or ["it gave no reason"]
        raise Unusable(f"{program} failed: {told[0].strip()}")
