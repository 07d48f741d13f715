"""Files in a folder, two levels deep by hash."""

import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO


class DiskStore:
    """Keeps each file at `<folder>/ab/cd/abcd…`, written aside, synced, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file is or would be."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, contents: Mapping[str, bytes]) -> None:
        fresh = [(self.path(sha256), data) for sha256, data in contents.items() if not self.exists(sha256)]
        drafts = [self._write(target, data) for target, data in fresh]
        for draft, _target in drafts:
            _sync(draft)
        for draft, target in drafts:
            draft.replace(target)
        for parent in {target.parent for _draft, target in drafts}:
            _sync(parent)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        for path in self.folder.glob("??/??/*"):
            if not path.name.startswith("."):
                yield path.name

    def _write(self, target: Path, data: bytes) -> tuple[Path, Path]:
        if not target.parent.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # the new folders' own names must survive a crash too
            _sync(target.parent.parent)
            _sync(self.folder)
        draft = target.with_name(f".{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_bytes(data)
        return draft, target


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
