"""HEADWAY_MAIL as Django's own mail settings."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Transport:
    """How Django's mail functions send."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def transport(address: str) -> Transport:
    """`console`, `smtp://user:password@host:587` or `smtps://…`. A password only ever travels encrypted."""
    if address == "console":
        return Transport("django.core.mail.backends.console.EmailBackend")
    parts = urlsplit(address)
    is_tls = parts.scheme == "smtps"
    user = unquote(parts.username or "")
    return Transport(
        "django.core.mail.backends.smtp.EmailBackend",
        parts.hostname or "localhost",
        parts.port or (465 if is_tls else 587),
        user,
        unquote(parts.password or ""),
        starts_tls=bool(user) and not is_tls,
        is_tls=is_tls,
    )
