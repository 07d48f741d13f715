"""Tables as files for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

# what a spreadsheet would take for a formula
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """Hands each line that is written straight on."""

    def write(self, text: str) -> str:
        return text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A header and a line a row. A text that a spreadsheet would run as a formula begins with an apostrophe."""
    writer = csv.writer(_Line())
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_plain(value) for value in row]))


def _plain(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
