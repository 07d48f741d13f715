"""A tar as it is read: no header may want more memory than headers do, nor a skip more than there is room for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Final

from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid

_HEADERS: Final = 4 * 1024 * 1024  # bytes that the headers of one file may take
_SKIPPED: Final = 1 << 20


class Stretch:
    """The bytes of a tar. `room` is told what is passed over, and raises where that is too much."""

    def __init__(self, stream: IO[bytes], room: Callable[[int], None]) -> None:
        self._stream, self._room = stream, room
        self._left, self._inside = _HEADERS, False
        self._last = b""

    @property
    def ended(self) -> bool:
        """Whether what was read last ends a tar: a block of nothing, or nothing at all. A broken header does not."""
        return not self._last.strip(b"\0")

    def heading(self) -> None:
        """The next that is read are headers."""
        self._left = _HEADERS

    @contextmanager
    def content(self) -> Iterator[None]:
        """What is read within is a file's content, which its reader takes in pieces and counts."""
        self._inside = True
        try:
            yield
        finally:
            self._inside = False

    def read(self, size: int = -1) -> bytes:
        """So many bytes."""
        if not self._inside:
            self._left -= size if size >= 0 else _HEADERS + 1
            if self._left < 0:
                raise Invalid(_("The archive is damaged. Upload it again."))
        found = self._stream.read(size)
        if not self._inside:
            self._last = found
        return found

    def tell(self) -> int:
        """How far it is."""
        return self._stream.tell()

    def seek(self, place: int) -> int:
        """Onwards to a place, whatever is passed over."""
        passed = max(place - self._stream.tell(), 0)
        self._room(passed if not self._inside else 0)
        while (rest := place - self._stream.tell()) > 0:
            if not self._stream.read(min(rest, _SKIPPED)):
                break
        return self._stream.seek(place) if self._stream.tell() > place else self._stream.tell()
