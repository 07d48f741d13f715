"""A source's records on disk while they are brought: found by kind and by ticket, however they came."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

import msgspec

from headway.moving.records import KINDS, NAMES, Anything, Asked, Comment, Matter, Person, Record, Step, Trouble

Kind = TypeVar("Kind", bound=Record)
_DECODERS: Final[dict[type[Record], Any]] = {kind: msgspec.msgpack.Decoder(kind) for kind in KINDS.values()}
_ENCODE: Final = msgspec.msgpack.Encoder().encode
_TABLES: Final = """
CREATE TABLE records (kind TEXT, key TEXT, ticket TEXT, body BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE troubles (body BLOB);
"""


class Staging:
    """One import's records. What comes again under a key replaces what came before, and is counted in `again`."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="headway-moving-")
        self._base = sqlite3.connect(Path(self._folder.name) / "records", isolation_level=None)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN")
        self.again = 0
        self.attached = False  # whether anything said has files
        self._sorted = False

    def __enter__(self) -> "Staging":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        self._folder.cleanup()

    def add(self, record: Anything) -> None:
        """Keeps a record."""
        ticket = record.ticket if isinstance(record, Comment | Step) else ""
        name = NAMES[type(record)]
        values = (name, record.key, ticket, _ENCODE(record))
        if self._base.execute("INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?)", values).rowcount == 0:
            if isinstance(record, Person | Asked) and record.hearsay:
                return
            self.again += 1
            self._base.execute("REPLACE INTO records VALUES (?, ?, ?, ?)", values)
        self._sorted = False
        self.attached |= isinstance(record, Comment) and bool(record.files)

    def trouble(self, trouble: Trouble) -> None:
        """Keeps what could not be taken."""
        self._base.execute("INSERT INTO troubles VALUES (?)", (_ENCODE(trouble),))

    def troubles(self) -> Iterator[Trouble]:
        """What could not be taken, in order."""
        decode = msgspec.msgpack.Decoder(Trouble).decode
        for (body,) in self._base.execute("SELECT body FROM troubles"):
            yield decode(body)

    def count(self, kind: type[Record]) -> int:
        """How many of a kind there are."""
        return int(self._base.execute("SELECT count(*) FROM records WHERE kind = ?", (NAMES[kind],)).fetchone()[0])

    def all(self, kind: type[Kind]) -> Iterator[Kind]:
        """The records of a kind, numbers in their order."""
        decode = _DECODERS[kind].decode
        rows = self._base.execute("SELECT body FROM records WHERE kind = ? ORDER BY length(key), key", (NAMES[kind],))
        for (body,) in rows:
            yield decode(body)

    def one(self, kind: type[Kind], key: str) -> Kind | None:
        """The record of this key."""
        row = self._base.execute("SELECT body FROM records WHERE kind = ? AND key = ?", (NAMES[kind], key)).fetchone()
        found: Kind | None = _DECODERS[kind].decode(row[0]) if row else None
        return found

    def tickets(self) -> Iterator[str]:
        """The keys of all tickets that something is said of, numbers in their order."""
        self._sort()
        sql = "SELECT key FROM records WHERE kind = 'ticket' UNION SELECT ticket FROM records WHERE ticket <> ''"
        for (key,) in self._base.execute(f"SELECT key FROM ({sql}) ORDER BY length(key), key").fetchall():
            yield str(key)

    def comments(self, ticket: str) -> list[Comment]:
        """What was said on a ticket, in order."""
        return sorted(self._of(Comment, ticket), key=lambda one: (one.at, len(one.key), one.key))

    def steps(self, ticket: str) -> list[Step]:
        """What changed on a ticket, in order."""
        return sorted(self._of(Step, ticket), key=lambda one: (one.at, len(one.key), one.key))

    def digest(self, ticket: str, files: Sequence[str] = ()) -> str:
        """What tells two states of a ticket's records, and of its files that are here, apart."""
        found = hashlib.sha256("\n".join(files).encode())
        own = self._base.execute("SELECT body FROM records WHERE kind IN ('ticket', 'figure') AND key = ?", (ticket,))
        said = "SELECT body FROM records WHERE ticket = ? ORDER BY kind, key"
        for (body,) in (*own.fetchall(), *self._base.execute(said, (ticket,)).fetchall()):
            found.update(body)
        return found.hexdigest()

    def customers(self) -> set[str]:
        """The keys of everybody a ticket belongs to."""
        return {matter.customer for matter in self.all(Matter) if matter.customer}

    def _of(self, kind: type[Kind], ticket: str) -> list[Kind]:
        self._sort()
        rows = self._base.execute(
            "SELECT body FROM records WHERE ticket = ? AND kind = ?", (ticket, NAMES[kind])
        ).fetchall()
        return [_DECODERS[kind].decode(body) for (body,) in rows]

    def _sort(self) -> None:
        if not self._sorted:
            self._base.execute("CREATE INDEX IF NOT EXISTS of_ticket ON records (ticket)")
            self._sorted = True
