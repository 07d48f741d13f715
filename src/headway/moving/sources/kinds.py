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
# Mail is not read into records: it is kept, put into conversations and reported as every mail is.
MAIL: Final = "mail"
NAMES: Final = (*SOURCES, MAIL)


def check(name: str) -> None:
    """Raises Invalid where nothing of this name can be brought."""
    if name not in NAMES:
        raise Invalid(f"There is no source {name[:40]!r}. There are: {', '.join(NAMES)}.")


def source_of(name: str) -> Source:
    """The source of this name, whose records are staged. Raises Invalid."""
    check(name)
    return SOURCES[name]
