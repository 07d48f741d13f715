"""The folder in which a download is kept: a file for each stream, and beside them how far it has come."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from headway.foundation.errors import Invalid

STATE: Final = "headway-download.json"


@dataclass(slots=True)
class Progress:
    """How far a stream has come. `size` is the bytes of its file that count; `keys` what its last page had kept."""

    place: Mapping[str, Any]
    keys: list[str] = field(default_factory=list)
    size: int = 0
    documents: int = 0
    ended: bool = False


@dataclass(slots=True)
class Kept:
    """One download of one source. Whatever happens, file and state say the same after the next start."""

    folder: Path
    address: str
    since: int
    streams: dict[str, Progress] = field(default_factory=dict)

    def file(self, stream: str) -> Path:
        """Where a stream's documents stand. The name tells readers what they are."""
        return self.folder / f"{self.address.partition(':')[0]}-{stream}.jsonl"

    def save(self) -> None:
        """Puts the state in the old one's place, synced before, so that there is always a whole one."""
        fresh = self.folder / f"{STATE}.new"
        with fresh.open("w", encoding="utf-8") as file:
            streams = {name: asdict(progress) for name, progress in self.streams.items()}
            json.dump({"address": self.address, "since": self.since, "streams": streams}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / STATE)


@contextmanager
def opened(folder: Path, address: str, since: int) -> Iterator[Kept]:
    """The download in a folder, for one run at a time. Raises Invalid where the folder is another's."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / "headway-download.lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise Invalid(f"{folder} cannot be written to: {error.strerror or error}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield _read(folder, address, since)
    except BlockingIOError:
        raise Invalid(f"Another run is fetching into {folder}. Wait for it, or stop it.") from None
    finally:
        os.close(lock)


def files(folder: Path) -> list[Path]:
    """The files of a download that has begun; none where a folder is no download."""
    if not (folder / STATE).is_file():
        return []
    said = _state(folder)
    kept = Kept(folder, str(said["address"]), int(said["since"]))
    return [path for name in said["streams"] if (path := kept.file(name)).is_file() and path.stat().st_size]


def _read(folder: Path, address: str, since: int) -> Kept:
    if not (folder / STATE).is_file():
        return Kept(folder, address, since)
    said = _state(folder)
    if said["address"] != address:
        raise Invalid(f"{folder} holds a download of {said['address']}. Name another folder with --download.")
    if since < said["since"]:
        raise Invalid(f"{folder} was begun with a later --since. Name another folder with --download.")
    streams = {name: Progress(**progress) for name, progress in said["streams"].items()}
    return Kept(folder, address, int(said["since"]), streams)


def _state(folder: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid(f"{folder / STATE} cannot be read. Name another folder with --download.") from error
    return said
