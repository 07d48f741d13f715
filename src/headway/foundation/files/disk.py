"""Files in a folder, two levels deep by hash."""

import ctypes
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_STALE = 3600.0  # seconds after which a draft is nobody's any more
_TOGETHER = 8  # from so many files on, one wait for the whole file system is cheaper than two for each file
_YOUNG = 60.0  # seconds in which another writer of the same file may not have synced its name yet


class DiskStore:
    """Keeps each file at `<folder>/ab/cd/abcd…`, written aside in `drafts`, synced, then renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._drafts = folder / "drafts"

    def path(self, sha256: str) -> Path:
        """Where the file is or would be."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, contents: Mapping[str, bytes | BinaryIO]) -> None:
        drafts: list[tuple[Path, Path]] = []
        parents = set()
        try:
            for sha256, data in contents.items():
                target = self.path(sha256)
                if not self.exists(sha256):
                    drafts.append((self._write(data), target))
                elif _age(target) < _YOUNG:
                    parents.add(target.parent)
            together = len(drafts) >= _TOGETHER and _sync_all(self.folder)
            if not together:
                for draft, _target in drafts:
                    _sync(draft)
            for draft, target in drafts:
                self._make(target.parent, synced=not together)
                draft.replace(target)
                parents.add(target.parent)
        except BaseException:
            for draft, _target in drafts:
                draft.unlink(missing_ok=True)
            raise
        if together and _sync_all(self.folder):
            return
        for parent in parents:
            _sync(parent)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def exists(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        for path in self.folder.glob("??/??/*"):
            yield path.name

    def tidy(self) -> None:
        if self._drafts.exists():
            for draft in self._drafts.iterdir():
                if _age(draft) > _STALE:
                    draft.unlink(missing_ok=True)

    def _write(self, data: bytes | BinaryIO) -> Path:
        self._make(self._drafts)
        draft = self._drafts / secrets.token_hex(8)
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as out:
                if isinstance(data, bytes):
                    out.write(data)
                else:
                    shutil.copyfileobj(data, out, 1 << 20)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return draft

    def _make(self, folder: Path, *, synced: bool = True) -> None:
        """Makes a folder and those above it. Their names survive a crash, when `synced` at once."""
        if folder.exists():
            return
        if folder != self.folder:
            self._make(folder.parent, synced=synced)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700, parents=folder == self.folder)
        if synced:
            _sync(folder.parent)


def _age(path: Path) -> float:
    """Seconds since it was written; none for one that is gone."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_all(folder: Path) -> bool:
    """Waits until everything written to the file system of `folder` is safe; False where that cannot be asked for."""
    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor) != 0:
            raise OSError(ctypes.get_errno(), "syncfs failed", str(folder))
    finally:
        os.close(descriptor)
    return True
