"""The lake in a folder."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from headway.insight.places import Found

_ASIDE = ".part"


class Folder:
    """Writes each file beside its place, syncs it, and renames it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, source: Path) -> None:
        target = self.root / name
        self._make(target.parent)
        aside = target.with_name(f".{secrets.token_hex(8)}{_ASIDE}")
        try:
            shutil.copyfile(source, aside)
            aside.chmod(0o600)
            _sync(aside)
            aside.replace(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _sync(target.parent)

    def local(self, name: str, folder: Path) -> Path:  # noqa: ARG002 (nothing has to be brought)
        path = self.root / name
        if not path.exists():
            raise FileNotFoundError(f"no file {name} in the lake")
        return path

    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)
        for parent in list(Path(name).parents)[:-1]:
            # the folder of a month or of a lake that is empty now; another process may just be filling it
            with suppress(OSError):
                (self.root / parent).rmdir()

    def found(self) -> Iterator[Found]:
        for path in self.root.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    told = path.stat()
                    yield Found(str(path.relative_to(self.root)), told.st_size, time.time() - told.st_mtime)

    def _make(self, folder: Path) -> None:
        """Makes a folder and those above it, whose names survive a crash."""
        if folder.exists():
            return
        if folder != self.root:
            self._make(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700, parents=folder == self.root)
        _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
