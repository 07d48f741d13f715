"""Bringing a backup back: files first, then the database in one transaction that also holds the workspace."""

import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from headway.events import erasure, journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import WorkspaceHeld
from headway.foundation import files
from headway.foundation.errors import Conflict, Invalid
from headway.ops import programs
from headway.ops.backup import frames, reading
from headway.ops.backup.progress import Progress
from headway.ops.backup.reading import DAMAGED, Contents
from headway.ops.serving import migrate

_HERE = Path(__file__).parent
_BATCH = 32 * 1024 * 1024  # bytes of files that share one wait for the disk
# pg_dump sets what its own version knows; servers before 17 refuse this line. Only among the first lines, not in data.
_FOR_OLDER_SERVERS = ["sed", "1,60{/^SET transaction_timeout = 0;$/d;}"]


def restore(path: Path, url: str, *, master: bytes, replace: bool, progress: Progress) -> Contents:
    """Puts the backup in the place of what the database at `url` holds.

    The database changes in one transaction at the end or not at all. Raises Invalid when the file cannot be used,
    Conflict when the workspace is not empty (unless `replace`) or somebody is connected to it.
    """
    with reading.opened(path, master) as (header, contents):
        _check_manifest(contents)
        _check_target(replace=replace)
        restored = Contents(str(path), header["made_at"], header["version"], held=True)
        first = _bring_files(contents, restored, progress)
        connection.close()
        _bring_database(first, contents, url, restored, progress)
    _settle(restored)
    return restored


def _check_manifest(contents: Iterator[tuple[bytes, bytes]]) -> None:
    kind, payload = next(contents, (b"", b""))
    if kind != frames.MANIFEST:
        raise Invalid(DAMAGED)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {app for app, _ in MigrationLoader(None).disk_migrations}
    newer = [step for step in json.loads(payload)["migrations"] if step.split(".")[0] in ours and step not in known]
    if newer:
        raise Invalid(f"This backup was made by a newer Headway (it knows {newer[-1]}). Update this one first.")


def _check_target(*, replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        others = cursor.fetchone()[0]
        if others:
            raise Conflict(
                f"Somebody is connected to this database ({others} connections). Stop Headway on every machine that "
                "uses it, then restore. Nothing was changed."
            )
        cursor.execute("SELECT to_regclass('public.people_agent') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT (SELECT count(*) FROM people_agent), (SELECT count(*) FROM tickets_ticket)")
        people, tickets = cursor.fetchone()
    if (people or tickets) and not replace:
        raise Conflict(
            f"There is a workspace here already ({people} people, {tickets} tickets). Back it up if you need it, "
            "then add --replace. Nothing was changed."
        )


def _bring_files(contents: Iterator[tuple[bytes, bytes]], restored: Contents, progress: Progress) -> bytes:
    """Stores every file; returns the first piece of the database, which comes after them."""
    name, parts, size = "", bytearray(), 0
    waiting: list[bytes] = []
    wanted: list[str] = []

    def flush() -> None:
        stored = files.put_many(waiting)
        if [blob.sha256 for blob in stored] != wanted:
            raise Invalid(DAMAGED)
        waiting.clear()
        wanted.clear()

    def finish() -> None:
        if name:
            waiting.append(bytes(parts))
            wanted.append(name)
            restored.files += 1
            progress("files", restored.files)

    for kind, payload in contents:
        if kind == frames.BYTES:
            parts += payload
            size += len(payload)
            continue
        finish()
        if size > _BATCH or kind != frames.FILE:
            flush()
            size = 0
        if kind == frames.DATABASE:
            return payload
        if kind != frames.FILE:
            break
        name, parts = payload.decode(), bytearray()
    raise Invalid(DAMAGED)


def _bring_database(
    first: bytes, contents: Iterator[tuple[bytes, bytes]], url: str, restored: Contents, progress: Progress
) -> None:
    """pg_restore turns the dump into SQL, psql runs it in one transaction, whose end waits for the backup's own end."""
    with ExitStack() as stack:
        said = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(2)]
        script = stack.enter_context(
            programs.start(
                "pg_restore", "--file=-", "--no-owner", "--no-privileges", source=subprocess.PIPE, errors=said[0]
            )
        )
        sifted = stack.enter_context(subprocess.Popen(_FOR_OLDER_SERVERS, stdin=script.stdout, stdout=subprocess.PIPE))
        quiet = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        steps = [f"--file={_HERE / 'empty.sql'}", "--file=-", f"--file={_HERE / 'hold.sql'}"]
        database = stack.enter_context(
            programs.start(
                "psql", *quiet, *steps, url=url, source=subprocess.PIPE, target=subprocess.DEVNULL, errors=said[1]
            )
        )
        assert script.stdin is not None
        assert script.stdout is not None
        assert sifted.stdout is not None
        assert database.stdin is not None
        script.stdout.close()
        pump = threading.Thread(target=_pump, args=(sifted.stdout, database.stdin))
        pump.start()
        try:
            complete = _feed(first, contents, script.stdin, restored, progress)
        except BaseException:
            # before its input ends: it must not take an unfinished script for a finished one
            database.kill()
            script.kill()
            pump.join()
            raise
        if not complete:
            database.kill()
        script_code = script.wait()
        pump.join()
        if script_code != 0:
            database.kill()
        with suppress(BrokenPipeError):
            database.stdin.close()
        database.wait()
        said[0].seek(0)
        said[1].seek(0)
        programs.require_success("pg_restore", script_code, said[0].read())
        programs.require_success("psql", database.returncode, said[1].read())


def _feed(
    first: bytes, contents: Iterator[tuple[bytes, bytes]], target: IO[bytes], restored: Contents, progress: Progress
) -> bool:
    """Hands the dump to pg_restore. False when that stopped listening; raises Invalid when the backup has no end."""
    ended = b""
    listening = _write(target, first)
    restored.database_bytes = len(first)
    for kind, payload in contents:
        ended = kind
        if kind == frames.DATABASE:
            listening = listening and _write(target, payload)
            restored.database_bytes += len(payload)
            progress("database", restored.database_bytes)
    if ended != frames.END:
        raise Invalid(DAMAGED)
    try:
        target.close()
    except BrokenPipeError:
        return False
    return listening


def _write(target: IO[bytes], data: bytes) -> bool:
    try:
        target.write(data)
    except BrokenPipeError:
        return False
    return True


def _pump(source: IO[bytes], target: IO[bytes]) -> None:
    """Copies to the end without ending the target; reads on when the target has gone, so that nobody is stuck."""
    listening = True
    while block := source.read(frames.BLOCK):
        listening = listening and _write(target, block)
    if listening:
        try:
            target.flush()
        except BrokenPipeError:
            return


def _settle(restored: Contents) -> None:
    """The tables of this version, a journal whose readers go on in this cluster, and the planner's figures."""
    restored.migrations = len(migrate.migrate())
    with transaction.atomic():
        erasure.reset_transactions()
        journal.record(WorkspaceHeld(subject_id=1, reason="restored"), actor=Actor.system())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
