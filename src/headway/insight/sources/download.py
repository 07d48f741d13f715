"""A help desk's documents into a folder: each counted with how far that brings us, so that none is lost or doubled."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from headway.insight.sources import kept
from headway.insight.sources.attachments import FOLDER, Attachments
from headway.insight.sources.been import Been
from headway.insight.sources.kept import Kept, Progress
from headway.insight.sources.port import Document, Page, Source, Stream
from headway.insight.sources.session import Session

Tell = Callable[[str, int], None]


def download(
    source: Source,
    session: Session,
    folder: Path,
    address: str,
    tell: Tell,
    *,
    since: int = 0,
    pages: int | None = None,
    also: bool = False,
) -> list[Path]:
    """Fetches what is new of every stream, at most so many `pages` of each. Returns the files, for a reader.

    What documents name as attached comes only with what an import wants `also`, and with all pages.
    """
    with kept.opened(folder, address, since) as found:
        telling = partial(tell, f"{source.name} {FOLDER}")
        attachments = Attachments(session, folder, source.files, telling) if also and pages is None else None
        if attachments is not None:
            attachments.again()
        for stream in (*(source.also if also else ()), *source.streams):
            telling = partial(tell, f"{source.name} {stream.name}")
            besides = stream.besides if also else None
            work = _Work(stream, session, found, telling, besides or _as_it_is, attachments)
            work.fetch(pages)
    return kept.files(folder)


@dataclass(frozen=True, slots=True)
class _Work:
    stream: Stream
    session: Session
    found: Kept
    tell: Callable[[int], None]
    besides: Callable[[Session, Document], Document | None]
    attachments: Attachments | None

    def fetch(self, pages: int | None) -> None:
        """What is new of the stream."""
        stream, found = self.stream, self.found
        progress = found.streams.get(stream.name)
        if progress is None or (stream.anew and progress.ended):
            progress = found.streams[stream.name] = Progress(stream.begin(found.since))
            found.save()
        progress.ended = False
        been = Been(f"{self.session.name} {stream.name}")
        with _Lines(found, stream, progress) as lines:
            left = pages
            while not progress.ended and left != 0:
                page = stream.page(self.session, progress.place)
                been.at(progress.place, page)
                self._page(page, lines)
                left = None if left is None else left - 1

    def _page(self, page: Page, lines: "_Lines") -> None:
        stream, progress = self.stream, lines.progress
        here: list[str] = []
        known = lines.known if stream.remembers else set(progress.keys)
        for document in page.documents:
            if stream.key:
                here.append(key := stream.key(document))
                if key in known:
                    continue
                known.add(key)
            whole = stream.whole(self.session, document) if stream.whole else document
            if whole is not None and (whole := self.besides(self.session, whole)) is not None:
                if self.attachments is not None:
                    self.attachments.of(whole)
                lines.add(json.dumps({stream.name: [whole]} if stream.single else whole, ensure_ascii=False))
            if stream.whole:  # each cost requests of its own: what it took is not to be lost
                progress.keys += here[-1:]
                lines.sync()
                self.tell(progress.documents)
        progress.place, progress.ended = page.next, page.ended
        progress.keys = [] if stream.remembers else here
        lines.sync()
        self.tell(progress.documents)


def _as_it_is(_session: Session, document: Document) -> Document | None:
    return document


class _Lines:
    """A stream's file. What stands in it beyond what the state counts is of a run that was killed: it goes."""

    def __init__(self, found: Kept, stream: Stream, progress: Progress) -> None:
        self.progress = progress
        self.known: set[str] = set()
        self._found, self._stream, self._path = found, stream, found.file(stream.name)

    def __enter__(self) -> "_Lines":
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self._file.truncate(self.progress.size)
        if self._stream.remembers and self._stream.key:
            name, key = self._stream.name, self._stream.key
            self.known = {key(document) for line in self._file for document in json.loads(line)[name]}
        self._file.seek(self.progress.size)
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def add(self, line: str) -> None:
        """Writes one document."""
        self.progress.size += self._file.write(line.encode("utf-8", "replace") + b"\n")
        self.progress.documents += 1

    def sync(self) -> None:
        """Makes sure of what was written, then says so in the state."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._found.save()
