"""Every reader, in the order in which a file is offered to them."""

import zlib
from pathlib import Path
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.reading import mistaken, unpacked
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

_TABLES: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet", ".xes")


def reader_of(path: Path) -> Reader:
    """The reader of a file or folder. Raises Invalid when there is none, or nothing at the path."""
    try:
        head = unpacked.head(path)
    except FileNotFoundError:
        raise Invalid(f"There is no file {path}.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise Invalid(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if path.is_file() and (wrong := mistaken.why(path.name, head)):
        raise Invalid(wrong)
    for reader in READERS:
        if reader.claims(path, head):
            _refuse_tables(reader, path)
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise Invalid(f"{path.name} is none of the kinds that can be read: {known}. Its name or first line tells the kind.")


def _refuse_tables(reader: Reader, folder: Path) -> None:
    """A folder that is no help desk's export, by its files, is one of mail: one of tables would be read as such."""
    if not isinstance(reader, Mailbox) or not folder.is_dir():
        return
    tables = sorted(one.name for one in folder.iterdir() if one.name.lower().removesuffix(".gz").endswith(_TABLES))
    if tables:
        raise Invalid(
            f"{folder} is read as a folder of mail, but holds {tables[0]}. Name the files themselves: {folder}/*"
        )
