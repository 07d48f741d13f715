"""Amazon's signing certificates, fetched once an address and kept in memory: they are public and never change."""

import threading
import time
from typing import Final, TypeVar

from headway.foundation import outward

Value = TypeVar("Value")

_MOST_KEPT: Final = 20
_MOST_BYTES: Final = 50_000
_SECONDS: Final = 5.0
# after a failure nobody asks again so soon
_REST_SECONDS: Final = 30.0

_lock = threading.Lock()
_kept: dict[str, bytes] = {}
_failed: dict[str, float] = {}  # when, by the monotonic clock


def at(url: str) -> bytes:
    """The certificate at an address that was judged before. Raises OSError when it cannot be had now."""
    with _lock:
        if url in _kept:
            return _kept[url]
        if time.monotonic() - _failed.get(url, -_REST_SECONDS) < _REST_SECONDS:
            raise OSError("The certificate could not be had a moment ago.")
    try:
        answer = outward.request("GET", url, timeout=_SECONDS, most_bytes=_MOST_BYTES)
        if answer.status != 200:
            raise OSError(f"The certificate's address answered {answer.status}.")
    except OSError:
        _note(_failed, url, time.monotonic())
        raise
    _note(_kept, url, answer.body)
    return answer.body


def forget() -> None:
    """As at the start."""
    with _lock:
        _kept.clear()
        _failed.clear()


def _note(kept: dict[str, Value], url: str, value: Value) -> None:
    with _lock:
        while len(kept) >= _MOST_KEPT:
            del kept[next(iter(kept))]
        kept[url] = value
