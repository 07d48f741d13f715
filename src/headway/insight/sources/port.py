"""What a help desk's API offers, as its source says it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headway.insight.sources.hanging import Files
from headway.insight.sources.session import Session

Document = Mapping[str, Any]
Place = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """`documents` are kept, a line each. `next` is where the page behind this one begins, and where a later run goes on
    once the stream has `ended` for now.
    """

    documents: Sequence[Document]
    next: Place
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One kind of thing an API lists.

    `begin` takes the moment since which changes are wanted, in seconds. `whole` fetches what a listed document lacks;
    None for one that is gone by then; `besides` what only an import wants of it, after `whole`. `key` names a version
    of a document: what the page before had is not kept again, and of a stream that `remembers` what any page had. A
    stream that is short and knows no changes is listed `anew` in each run. Documents that are `single` are kept in a
    list of the stream's name, as readers know it from pages.
    """

    name: str
    begin: Callable[[int], Place]
    page: Callable[[Session, Place], Page]
    key: Callable[[Document], str] | None = None
    whole: Callable[[Session, Document], Document | None] | None = None
    besides: Callable[[Session, Document], Document | None] | None = None
    anew: bool = False
    single: bool = False
    remembers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One help desk. `wants` says what token has to be entered; `server` makes a server's name of what was typed.

    What is fetched `also` tells of no work: an audit does without it, an import does not. `files` are those that a
    document names; an audit does without them too.
    """

    name: str
    scheme: str
    wants: str
    server: Callable[[str], str]
    authorise: Callable[[Session, str], Mapping[str, str]]
    streams: Sequence[Stream]
    also: Sequence[Stream] = ()
    headers: Mapping[str, str]
    files: Files
