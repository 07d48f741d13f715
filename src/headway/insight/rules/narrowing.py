"""Which tickets an audit of a workspace is about. Pure."""

from dataclasses import dataclass
from typing import Final

FAR_MS: Final = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Tickets created in [since, until) that came by a channel and are with one of the teams or of the brands.

    None: any.
    """

    since_ms: int = -FAR_MS
    until_ms: int = FAR_MS
    channel: str = ""
    teams: tuple[int, ...] | None = None
    brands: tuple[int, ...] | None = None
