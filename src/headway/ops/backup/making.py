"""Making a backup while everything runs: one snapshot decides what belongs to it."""

import json
import os
import secrets
import socket
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import headway
from headway.foundation import files, keys
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.ops import programs
from headway.ops.backup import frames, named, sealed
from headway.ops.backup.progress import Progress


@dataclass
class Made:
    """What a backup holds. `missing` are files that rows name and the store did not have."""

    file: str
    made_at: str
    version: str
    postgres: int
    bytes: int = 0
    files: int = 0
    file_bytes: int = 0
    database_bytes: int = 0
    master_key: str = ""
    missing: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def make(path: Path, url: str, progress: Progress) -> Made:
    """Writes a backup of the workspace at `url` to `path`, which appears complete or not at all.

    Raises Conflict when the file exists. Nothing is locked: people go on working, and what they do after the start is
    not in it.
    """
    if path.exists():
        raise Conflict(f"{path} exists already. A backup is never overwritten: give another name.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _private(draft) as stream:
            made = _write(stream, path, url, progress)
            stream.flush()
            os.fsync(stream.fileno())
        made.bytes = draft.stat().st_size
        draft.rename(path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    return made


def _write(stream: BinaryIO, path: Path, url: str, progress: Progress) -> Made:
    master = keys.master_key()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
        snapshot, major = cursor.fetchone()
        made = Made(str(path), now().isoformat(), headway.__version__, major, master_key=keys.where())
        header = {
            "made_at": made.made_at,
            "version": made.version,
            "postgres": major,
            "host": socket.gethostname(),
            "key_at": keys.where(),
        }
        writer = sealed.Writer(stream, header, master=master, salt=secrets.token_bytes(32))
        applied = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        frames.put(writer, frames.MANIFEST, json.dumps({"migrations": applied}).encode())
        _write_files(writer, made, progress)
        _write_database(writer, made, url, snapshot, progress)
        frames.put(writer, frames.END, json.dumps({"files": made.files, "database": made.database_bytes}).encode())
        writer.close()
    return made


def _write_files(writer: sealed.Writer, made: Made, progress: Progress) -> None:
    for name in named.hashes():
        try:
            stream = files.open_blob(name)
        except FileNotFoundError:
            made.missing.append(name)
            continue
        with stream:
            frames.put(writer, frames.FILE, name.encode())
            while block := stream.read(frames.BLOCK):
                frames.put(writer, frames.BYTES, block)
                made.file_bytes += len(block)
        made.files += 1
        progress("files", made.files)


def _write_database(writer: sealed.Writer, made: Made, url: str, snapshot: str, progress: Progress) -> None:
    with tempfile.TemporaryFile() as errors:
        dump = programs.start("pg_dump", *dump_options(), f"--snapshot={snapshot}", url=url, errors=errors)
        with dump:
            assert dump.stdout is not None
            while block := dump.stdout.read(frames.BLOCK):
                frames.put(writer, frames.DATABASE, block)
                made.database_bytes += len(block)
                progress("database", made.database_bytes)
        errors.seek(0)
        programs.require_success("pg_dump", dump.returncode, errors.read())


def dump_options() -> list[str]:
    """How Headway dumps: our own objects only; extensions and owners belong to the cluster that receives it."""
    return [
        "--format=custom",
        "--compress=gzip:3",
        "--no-owner",
        "--no-privileges",
        "--exclude-extension=*",
        "--no-unlogged-table-data",
    ]


def _private(path: Path) -> BinaryIO:
    """A new file that nobody else can read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
