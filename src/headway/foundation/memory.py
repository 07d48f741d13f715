"""How much memory there is to share out."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_CONTAINER: Final = Path("/sys/fs/cgroup/memory.max")


def available() -> int:
    """Bytes of this machine, or of the container it is seen from where that has less."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # no such file, or "max"
        return min(machine, int(_CONTAINER.read_text()))
    return machine
