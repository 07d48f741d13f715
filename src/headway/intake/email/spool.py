"""Mails taken while no server ran: files in the spool folder until a worker brings them through the door.

Nothing of Django is imported here before the spool is drained: the pipe must answer a mail server at once.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from headway.foundation import paths
from headway.intake.channel import Arrival

_SUFFIX = ".mail"
_BATCH = 100
_MOST_BYTES = 64 * 1024 * 1024


def write(raw: bytes, envelope: dict[str, object], *, source: str = "pipe") -> Path:
    """Puts one mail into the spool; when it returns the bytes are on stable storage."""
    folder = paths.folder("spool")
    target = folder / f"{secrets.token_hex(12)}{_SUFFIX}"
    draft = target.with_suffix(".draft")
    head = json.dumps(envelope | {"source": source}).encode()
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(len(head).to_bytes(4, "little") + head + raw)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(target)
    _sync(folder)
    return target


def waiting() -> list[Path]:
    """The spooled mails, oldest first."""
    folder = paths.home() / "spool"
    found = [(path.stat().st_mtime_ns, path) for path in folder.glob(f"*{_SUFFIX}")] if folder.is_dir() else []
    return [path for _, path in sorted(found)]


def drain() -> int:
    """Brings everything spooled through the door; returns how many. A crash in between brings nothing twice: the
    file's name is the key of its delivery."""
    from headway.intake.email.receiving import keep

    done = 0
    for batch in _batches(waiting()):
        arrivals = [arrival for path in batch if (arrival := _read(path)) is not None]
        keep(arrivals)
        for path in batch:
            path.unlink(missing_ok=True)
        done += len(arrivals)
    return done


def _batches(found: list[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    size = 0
    for path in found:
        batch.append(path)
        size += path.stat().st_size if path.exists() else 0
        if len(batch) >= _BATCH or size >= _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(path: Path) -> Arrival | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:  # another worker drains too
        return None
    size = int.from_bytes(data[:4], "little")
    envelope = json.loads(data[4 : 4 + size])
    raw = data[4 + size :]
    key = f"{path.stem}:{hashlib.sha256(raw).hexdigest()}"
    return Arrival(source=envelope.pop("source", "pipe"), key=key, raw=raw, envelope=envelope)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
