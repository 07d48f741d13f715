"""Requests to one help desk: as many as it allows, again when it is busy, never with the secret in a text."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from headway.foundation import outward
from headway.foundation.errors import Invalid
from headway.insight.sources import patience

_SECONDS: Final = 120.0
_FILE_SECONDS: Final = 600.0
_MOST_BYTES: Final = 1 << 28
_REFUSED: Final = {401, 403}
_GONE: Final = {404, 410}

Authorise = Callable[["Session", str], Mapping[str, str]]


class Forbidden(Invalid):
    """The help desk does not show this to whom the token belongs."""


class Session:
    """`wait` sleeps so many seconds."""

    def __init__(
        self,
        name: str,
        address: str,
        secret: str,
        authorise: Authorise,
        *,
        headers: Mapping[str, str],
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name, self.address = name, address
        self._secret, self._authorise = secret, authorise
        self._fixed = {"Accept": "application/json", **headers}
        self._granted: Mapping[str, str] | None = None
        self.wait = wait

    def get(self, path: str, **asked: Any) -> Any:
        """What stands at a path. Raises Invalid with a sentence when it cannot be had."""
        found = self.find(path, **asked)
        if found is None:
            raise Invalid(f"{self.name} knows nothing at {path}. Is {self.address} the right address?")
        return found

    def find(self, path: str, **asked: Any) -> Any | None:
        """The same, and None for what is not there."""
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        return self.send("GET", f"{path}?{query}" if query else path)

    def send(self, method: str, path: str, body: Any = None, *, granted: bool = True) -> Any | None:
        """One request with its answer's JSON, tried again as long as that makes sense."""
        renewed, place = False, path.partition("?")[0]
        for attempt in range(patience.TRIES):
            try:
                answer = self._once(method, path, body, granted=granted)
            except outward.Refused as error:
                raise Invalid(str(error)) from error
            except OSError as error:
                self._pause(patience.failed(attempt), f"{self.name} cannot be reached: {error}")
                continue
            if answer.ok:
                self.wait(patience.spent(answer.headers))
                return self._read(answer.body, place)
            if answer.status in _GONE:
                return None
            if answer.status == 401 and granted and self._granted and not renewed:
                self._granted, renewed = None, True  # a token may end while we read
                continue
            if answer.status in _REFUSED:
                raise Forbidden(
                    f"{self.name} refused the token for {place} ({answer.status}). Nothing was changed there."
                )
            if answer.status != 429 and answer.status < 500:
                raise Invalid(f"{self.name} answered {answer.status} to {place}.")
            self._pause(patience.told(attempt, answer.headers), f"{self.name} answered {answer.status} to {place}")
        raise AssertionError  # the last pause has raised

    def opened(self, address: str, *, granted: bool) -> AbstractContextManager[outward.Coming]:
        """A file as it comes in. The token is shown at the help desk itself alone, and there only where `granted`.

        Any other host is one that strangers wrote down: hosts of our own network are refused as well.
        """
        own = self.is_own(address)
        headers = {"Accept": "*/*", **(self._shown() if own and granted else {})}
        url = self.absolute(address)
        return outward.stream("GET", url, headers=headers, timeout=_FILE_SECONDS, public=not own)

    def elsewhere(self, address: str) -> Any | None:
        """JSON that the help desk keeps at another host, asked for without the token; None for what is not there."""
        try:
            with self.opened(address, granted=False) as coming:
                body = b"".join(coming.pieces(_MOST_BYTES)) if coming.status == 200 else b""
        except OSError as error:
            raise Invalid(f"What {self.name} keeps elsewhere cannot be had: {error}") from error
        return self._read(body, "elsewhere") if body else None

    def absolute(self, address: str, beside: str = "") -> str:
        """An address, also of a path of the help desk, or one that stands `beside` another."""
        if beside:
            return urljoin(self.absolute(beside), address)
        return self.address + address if address.startswith("/") else address

    def is_own(self, address: str) -> bool:
        """Whether an address is one of the help desk itself: the same way, host and port."""
        return _origin(self.absolute(address)) == _origin(self.address)

    def renew(self) -> None:
        """The next request asks for a new token first."""
        self._granted = None

    def _shown(self) -> Mapping[str, str]:
        if self._granted is None:
            self._granted = self._authorise(self, self._secret)
        return self._granted

    def _once(self, method: str, path: str, body: Any, *, granted: bool) -> outward.Answer:
        headers = {**self._fixed, **(self._shown() if granted else {})}
        sent = None
        if isinstance(body, bytes):
            sent, headers["Content-Type"] = body, "application/x-www-form-urlencoded"
        elif body is not None:
            sent, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        return outward.request(
            method, self.address + path, headers=headers, body=sent, timeout=_SECONDS, most_bytes=_MOST_BYTES
        )

    def _pause(self, seconds: float | None, why: str) -> None:
        if seconds is None:
            raise Invalid(f"{why}. What was fetched is kept; run the same command again to go on.")
        self.wait(seconds)

    def _read(self, body: bytes, path: str) -> Any:
        try:
            return json.loads(body) if body else {}
        except ValueError as error:
            raise Invalid(f"{self.name} answered {path} with something that is no JSON.") from error


def _origin(address: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return "", "", None
    if parts.username is not None:  # one that says who asks is none of ours
        return "", "", None
    return parts.scheme, (parts.hostname or "").rstrip(".").lower(), port
