"""A file that gets its name when it is whole."""

import os
from pathlib import Path
from typing import Self


class Landing:
    """Written beside `target`; `land` puts it there, synced. What never lands is gone behind the block."""

    def __init__(self, target: Path) -> None:
        self._target, self._part = target, target.with_name(f"{target.name}.part")

    def __enter__(self) -> Self:
        descriptor = os.open(self._part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """The next piece."""
        self._file.write(data)

    def land(self) -> None:
        """It is whole: from here on it stands under its name, also after a power cut."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._part.replace(self._target)
        folder = os.open(self._target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
