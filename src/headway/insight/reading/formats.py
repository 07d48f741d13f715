"""Every reader, in the order in which a file is offered to them."""

import zlib
from pathlib import Path
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.reading import unpacked
from headway.insight.reading.delimited import Csv
from headway.insight.reading.freshdesk import Freshdesk
from headway.insight.reading.help_scout import HelpScout
from headway.insight.reading.intercom import Intercom
from headway.insight.reading.jsonl import Jsonl
from headway.insight.reading.mailbox import Mailbox
from headway.insight.reading.parquet import Parquet
from headway.insight.reading.port import Reader
from headway.insight.reading.xes import Xes
from headway.insight.reading.zammad import Zammad
from headway.insight.reading.zendesk import Zendesk

READERS: Final[tuple[Reader, ...]] = (
    *(Parquet(), Xes()),
    *(Freshdesk(), Zammad(), Intercom(), HelpScout(), Zendesk()),
    *(Jsonl(), Csv(), Mailbox()),
)


def reader_of(path: Path) -> Reader:
    """The reader of a file or folder. Raises Invalid when there is none, or nothing at the path."""
    try:
        head = unpacked.head(path)
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise Invalid(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    for reader in READERS:
        if reader.claims(path, head):
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise Invalid(f"{path.name} is none of the kinds that can be read: {known}. Its name or first line tells the kind.")
