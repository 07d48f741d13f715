"""Every source by its name."""

from typing import Final

from headway.foundation.errors import Invalid
from headway.moving.sources.delimited import Csv
from headway.moving.sources.freshdesk import FRESHDESK
from headway.moving.sources.help_scout import HELP_SCOUT
from headway.moving.sources.intercom import INTERCOM
from headway.moving.sources.port import Source
from headway.moving.sources.zammad import ZAMMAD
from headway.moving.sources.zendesk import Zendesk

_ALL: Final[tuple[Source, ...]] = (Csv(), Zendesk(), FRESHDESK, INTERCOM, HELP_SCOUT, ZAMMAD)
SOURCES: Final[dict[str, Source]] = {source.name: source for source in _ALL}


def source_of(name: str) -> Source:
    """The source of this name. Raises Invalid."""
    if name not in SOURCES:
        raise Invalid(f"There is no source {name[:40]!r}. There are: {', '.join(SOURCES)}.")
    return SOURCES[name]
