"""Where the listener listens, as HEADWAY_MAIL_LISTEN says it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from headway.foundation.errors import Invalid


@dataclass(frozen=True, slots=True)
class Place:
    """A protocol at a host and port, or at a socket file (`path`)."""

    lmtp: bool
    host: str = ""
    port: int = 0
    path: str = ""

    def __str__(self) -> str:
        where = self.path or (f"[{self.host}]" if ":" in self.host else self.host) + f":{self.port}"
        return f"{'lmtp' if self.lmtp else 'smtp'}://{where}"


def parse(address: str) -> Place:
    """`smtp://host:port`, `lmtp://host:port` or `lmtp:///path`. Raises Invalid."""
    try:
        parts = urlsplit(address)
        port = parts.port or 0
    except ValueError as error:
        raise Invalid(f"HEADWAY_MAIL_LISTEN cannot be read: {error}.") from error
    lmtp = parts.scheme == "lmtp"
    if parts.scheme in ("lmtp", "smtp") and not parts.netloc and parts.path.strip("/"):
        return Place(lmtp, path=parts.path)
    if parts.scheme in ("lmtp", "smtp") and parts.hostname and port and not parts.path.strip("/"):
        return Place(lmtp, parts.hostname, port)
    raise Invalid("HEADWAY_MAIL_LISTEN must be lmtp://host:port, smtp://host:port or lmtp:///path/of/a/socket.")
