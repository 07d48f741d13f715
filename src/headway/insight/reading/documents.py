"""JSON documents of help desks: each kind of element becomes rows, and one that cannot be read a problem."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from headway.insight.reading import order
from headway.insight.reading.json_stream import Broken, elements
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staged import Problem, Row
from headway.insight.reading.staging import Staging
from headway.insight.reading.unpacked import opened

_EVERY: Final = 500

# What makes rows of an element, by the name of the list it stands in; "" for one that stands alone.
Makers = Mapping[str, Callable[[Mapping[str, Any]], list[Row]]]


def stage(path: Path, name: str, makers: Makers, options: Options, staging: Staging, progress: Progress) -> Read:
    """Stages a file of pages, of one list, or of an object a line. What has another name tells nothing."""
    number = 0
    try:
        for kind, element in each(path, makers):
            if kind not in makers:
                continue
            if options.sample and number >= options.sample:
                return Read(path, name, "event", number, sampled=True)
            number += 1
            _staged(path, makers[kind], element, number, staging)
            if number % _EVERY == 0:
                progress(path.name, number)
    except (Broken, OSError, EOFError) as error:
        staging.add(Problem(file=path.name, line=number + 1, reason=str(error)))
    progress(path.name, number)
    return Read(path, name, "event", number)


def each(path: Path, names: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Every element with its list's name; where each line is an object that is no page, the lines."""
    with opened(path) as file:
        try:
            head = json.loads(file.readline())
        except ValueError:
            head = None
        if not isinstance(head, dict) or set(head) & set(names) or _is_page(head):
            yield from elements(path)
            return
        yield "", head
        for line in file:
            if line.strip():
                try:
                    yield "", json.loads(line)
                except ValueError:
                    yield "", line.decode("utf-8", "replace")


def _is_page(head: Mapping[str, Any]) -> bool:
    """Whether an object holds nothing but a list: of things that nobody here asks for, as of an import's download."""
    return len(head) == 1 and isinstance(next(iter(head.values())), list)


def _staged(
    path: Path, make: Callable[[Mapping[str, Any]], list[Row]], element: Any, number: int, staging: Staging
) -> None:
    if not isinstance(element, dict):
        staging.add(Problem(file=path.name, line=number, reason="it is no object", excerpt=str(element)[:200]))
        return
    try:
        rows = make(element)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        staging.add(Problem(file=path.name, line=number, reason=reason, excerpt=str(element)[:200]))
        return
    staging.add_all(rows)
    if wrong := order.of_document(rows):
        staging.add(Problem(file=path.name, line=number, reason=wrong, excerpt=str(element)[:200]))
