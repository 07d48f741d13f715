"""XES, the standard of event logs (IEEE 1849): a trace a ticket, an event a step. Read as a stream.

Case, activity, resource and time are the standard's own names (`concept:name`, `org:resource`, `time:timestamp`); every
other attribute is a column, a trace's own ones with `case:` before them.
"""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from headway.foundation.errors import Invalid
from headway.insight.reading import delimited, table
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Problem
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import opened

_GLANCE: Final = 500  # traces whose attributes become columns
_CASE: Final = "case:concept:name"


class Xes:
    """An event log."""

    name = "XES"

    def claims(self, _path: Path, head: bytes, /) -> bool:
        """By its root element."""
        return b"<log" in head and (b"xes" in head.lower() or b"<trace" in head)

    def read(self, path: Path, options: Options, staging: Staging, progress: Progress) -> Read:
        """A log that breaks off is read up to there, and the break is a problem."""
        names = _columns(path)
        if names == [_CASE]:
            raise Invalid(f"{path.name} holds no event that can be read.")
        flat = staging.lake.folder / "xes.csv"
        with flat.open("w", newline="", encoding="utf-8", errors="replace") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            for count, row in enumerate(islice(_rows(path, staging), options.sample or None)):
                writer.writerow(row)
                if count % 5000 == 0:
                    progress(path.name, count)
        delimited.load(staging.lake, flat, len(names), "utf-8", ",")
        flat.unlink()
        return table.stage(path, self.name, names, options, staging, progress)


def _columns(path: Path) -> list[str]:
    found: dict[str, None] = {_CASE: None}
    with suppress(ET.ParseError, EOFError, OSError):  # said when the rows are read
        for count, trace in enumerate(_traces(path)):
            for row in _of(trace):
                found.update(dict.fromkeys(row))
            if count >= _GLANCE:
                break
    return list(found)


def _rows(path: Path, staging: Staging) -> Iterator[dict[str, str]]:
    count = 0
    try:
        for trace in _traces(path):
            for row in _of(trace):
                yield row
                count += 1
    except (ET.ParseError, EOFError, OSError) as error:
        reason = f"the log breaks off behind its event {count:,}: {error}"
        staging.add(Problem(file=path.name, line=count + 1, reason=reason))


def _traces(path: Path) -> Iterator[ET.Element]:
    with opened(path) as file:
        root: ET.Element | None = None
        for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314 (expat refuses entity bombs since 2.4)
            if root is None:
                root = element
            if event == "end" and _tag(element) == "trace":
                yield element
                root.clear()


def _of(trace: ET.Element) -> Iterator[dict[str, str]]:
    case = {f"case:{key}": value for key, value in _attributes(trace).items()}
    for event in trace:
        if _tag(event) == "event":
            yield case | _attributes(event)


def _attributes(element: ET.Element) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in element if child.get("key") is not None}


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
