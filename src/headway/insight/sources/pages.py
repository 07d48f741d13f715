"""Ways in which APIs page, each as a stream."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

from headway.insight.sources.been import Been
from headway.insight.sources.port import Document, Page, Place, Stream
from headway.insight.sources.session import Session

_EARLIEST: Final = 946_684_800  # the year 2000: some refuse to be asked for 1970
Whole = Callable[[Session, Document], Document | None]
Items = Callable[[Any], list[Any]]


def same(said: Any) -> list[Any]:
    """An answer that is the list itself."""
    return list(said)


def numbered(name: str, path: str, *, size: int = 100, items: Items = same, **asked: Any) -> Stream:
    """A list by numbers of pages, listed anew in each run."""

    def page(session: Session, place: Place) -> Page:
        found = items(session.get(path, page=place["page"], per_page=size, **asked))
        return Page(found, {"page": place["page"] + 1}, len(found) < size)

    return Stream(name=name, begin=lambda _since: {"page": 1}, page=page, anew=True, single=True)


def short(name: str, path: str, *, items: Items = same, **asked: Any) -> Stream:
    """A list that is answered whole, listed anew in each run."""

    def page(session: Session, place: Place) -> Page:
        return Page(items(session.get(path, **asked)), place, True)

    return Stream(name=name, begin=lambda _since: {}, page=page, anew=True, single=True)


def sliding(
    name: str,
    path: str,
    *,
    since: str,
    whole: Whole | None = None,
    besides: Whole | None = None,
    size: int = 100,
    stamp: str = "updated_at",
    always: bool = False,
    **asked: Any,
) -> Stream:
    """A list in the order of changes, asked for from the last change that was seen on; `always` from the beginning.

    Going on by number would skip what moves up while pages are read: whatever changes goes to the end of the list.
    """

    def page(session: Session, place: Place) -> Page:
        found = session.get(path, **{since: place["since"], "page": place["page"], "per_page": size, **asked})
        last = found[-1][stamp] if found else place["since"]
        onward = {"since": last, "page": 1 if last != place["since"] else place["page"] + 1}
        if len(found) < size:
            return Page(found, {"since": last, "page": 1}, True)
        return Page(found, onward, False)

    return Stream(
        name=name,
        begin=lambda moment: {"since": iso(_EARLIEST if always else max(moment, _EARLIEST)), "page": 1},
        page=page,
        key=lambda document: f"{document['id']} {document[stamp]}",
        whole=whole,
        besides=besides,
        single=True,
    )


def iso(seconds: float) -> str:
    """A moment as APIs write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def complete(session: Session, path: str, size: int = 100) -> list[Any] | None:
    """A whole list that hangs below something; None when that is gone."""
    found: list[Any] = []
    been = Been(f"{session.name} {path}")
    for number in count(1):
        part = session.find(path, page=number, per_page=size)
        if part is None:
            return None
        found += part
        been.at({"page": number}, Page(part, {"page": number + 1}, len(part) < size))
        if len(part) < size:
            break
    return found
