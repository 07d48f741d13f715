"""Which processes of this installation run on this machine: one supervisor, and whom it started."""

import fcntl
import json
import signal
from typing import IO, Any

from headway.foundation import paths
from headway.ops import processes
from headway.ops.errors import Unusable

_PARTING = 10.0  # seconds for processes of a supervisor that was killed


class Register:
    """Held by the running supervisor. Raises Unusable when another one holds it."""

    def __init__(self) -> None:
        folder = paths.folder("run")
        self._file = folder / "headway.json"
        self._lock: IO[bytes] = (folder / "headway.lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            at = running().get("address")
            raise Unusable(
                f"Headway already runs with the data in {paths.home()}" + (f", at {at}." if at else ".")
            ) from None

    def end_earlier(self) -> None:
        """Ends what a killed supervisor left: its children were asked to end, and some may still be busy with it."""
        left = [pid for pid, born in running().get("parts", {}).values() if processes.birth(pid) == born]
        if left and not processes.end(left, signal.SIGTERM, seconds=_PARTING):
            processes.end([pid for pid in left if processes.alive(pid)])

    def write(self, *, supervisor: int, address: str, parts: dict[str, int]) -> None:
        """Notes who runs now."""
        born = {name: [pid, processes.birth(pid)] for name, pid in parts.items()}
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps({"supervisor": supervisor, "address": address, "parts": born}))
        draft.rename(self._file)

    def close(self) -> None:
        self._file.unlink(missing_ok=True)
        self._lock.close()


def running() -> dict[str, Any]:
    """What the supervisor noted last: `supervisor`, `address`, `parts` (name -> [pid, mark]); {} when it ended well."""
    try:
        return dict(json.loads((paths.home() / "run" / "headway.json").read_text()))
    except (OSError, ValueError):
        return {}
