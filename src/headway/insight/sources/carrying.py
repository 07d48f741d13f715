"""One file from where it is into a folder: whole or not at all, bounded, and never with the token to another host.

The help desk itself is shown the token. Where a file is elsewhere, or the help desk sends on to its storage, the
address is judged as any that strangers wrote: encrypted, public, asked for without credentials; it leads no further.
"""

import base64
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from headway.foundation import outward
from headway.insight.sources import patience
from headway.insight.sources.hanging import Hanging
from headway.insight.sources.landing import Landing
from headway.insight.sources.session import Session

LARGEST: Final = 100 * 1024 * 1024  # bytes of a file
_PACKED: Final = 48 * 1024 * 1024  # of an answer that has to be held whole
_SLACK: Final = 1 << 20
_FAILURES: Final = 3  # a server that breaks is not tried longer for one file
_MOVED: Final = {301, 302, 303, 307, 308}
_GONE: Final = {404, 410}


class Outcome(StrEnum):
    """What became of a file."""

    BROUGHT = "brought"
    TOO_LARGE = "too_large"
    GONE = "gone"
    REFUSED = "refused"  # the token does not open it, or something else than a file came
    ASTRAY = "astray"  # it leads to an address that may not be asked, or on and on
    UNREACHABLE = "unreachable"


class _Busy(Exception):
    """Asked for too often: what the server says about when to ask again."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers = headers


class _Ended(Exception):
    """The token is none any more."""


def carry(session: Session, file: Hanging, target: Path) -> Outcome:
    """Fetches a file to `target`, tried again as long as that makes sense."""
    failures, renewed, pause = 0, False, None
    for attempt in range(patience.TRIES if file.size <= LARGEST else 0):
        try:
            return _once(session, file, target)
        except _Ended:
            if renewed:
                return Outcome.REFUSED
            renewed, pause = True, 0.0
            session.renew()
        except _Busy as busy:
            pause = patience.told(attempt, busy.headers)
        except outward.Refused:
            return Outcome.ASTRAY
        except OSError:
            failures += 1
            pause = patience.failed(failures) if failures < _FAILURES else None
        if pause is None:
            return Outcome.UNREACHABLE
        session.wait(pause)
    return Outcome.TOO_LARGE if file.size > LARGEST else Outcome.UNREACHABLE


def _once(session: Session, file: Hanging, target: Path) -> Outcome:
    own = session.is_own(file.address)
    with session.opened(file.address, granted=own) as coming:
        if coming.status == 401 and own:
            raise _Ended
        if coming.status not in _MOVED:
            return _taken(coming, file, target)
        onward = session.absolute(coming.headers.get("location", ""), beside=file.address)
    if session.is_own(onward):  # to where one signs in, not to a file
        return Outcome.REFUSED
    with session.opened(onward, granted=False) as coming:
        return Outcome.ASTRAY if coming.status in _MOVED else _taken(coming, file, target)


def _taken(coming: outward.Coming, file: Hanging, target: Path) -> Outcome:
    if coming.status == 429:
        raise _Busy(coming.headers)
    if coming.status >= 500:
        raise OSError(f"{coming.host} answered {coming.status}.")
    if coming.status in _GONE:
        return Outcome.GONE
    if coming.status != 200 or _is_page(coming, file):
        return Outcome.REFUSED
    return _unpacked(coming, target) if file.packed else _written(coming, target)


def _is_page(coming: outward.Coming, file: Hanging) -> bool:
    """Whether a page came where a file was asked for: one to sign in on is served with a friendly status."""
    page = coming.headers.get("content-type", "").lower().startswith("text/html")
    return page and bool(file.media_type) and "html" not in file.media_type.lower()


def _written(coming: outward.Coming, target: Path) -> Outcome:
    size = 0
    with Landing(target) as landing:
        for piece in coming.pieces(LARGEST + _SLACK):
            size += len(piece)
            if size > LARGEST:
                return Outcome.TOO_LARGE
            landing.write(piece)
        landing.land()
    return Outcome.BROUGHT


def _unpacked(coming: outward.Coming, target: Path) -> Outcome:
    said = bytearray()
    for piece in coming.pieces(_PACKED + _SLACK):
        said += piece
        if len(said) > _PACKED:
            return Outcome.TOO_LARGE
    try:
        data = base64.b64decode(json.loads(said)["data"], validate=True)
    except (ValueError, KeyError, TypeError):
        return Outcome.REFUSED
    with Landing(target) as landing:
        landing.write(data)
        landing.land()
    return Outcome.BROUGHT
