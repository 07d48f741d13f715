"""A help desk's documents into a folder: each counted with how far that brings us, so that none is lost or doubled."""

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from headway.insight.sources import kept
from headway.insight.sources.kept import Kept, Progress
from headway.insight.sources.port import Page, Source, Stream
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
) -> list[Path]:
    """Fetches what is new of every stream, at most so many `pages` of each. Returns the files, for a reader."""
    with kept.opened(folder, address, since) as found:
        for stream in source.streams:
            _stream(stream, session, found, partial(tell, f"{source.name} {stream.name}"), pages)
    return kept.files(folder)


def _stream(stream: Stream, session: Session, found: Kept, tell: Callable[[int], None], pages: int | None) -> None:
    progress = found.streams.get(stream.name)
    if progress is None or (stream.anew and progress.ended):
        progress = found.streams[stream.name] = Progress(stream.begin(found.since))
        found.save()
    progress.ended = False
    with _Lines(found, stream.name, progress) as lines:
        left = pages
        while not progress.ended and left != 0:
            page = stream.page(session, progress.place)
            _page(stream, session, page, lines, tell)
            left = None if left is None else left - 1


def _page(stream: Stream, session: Session, page: Page, lines: "_Lines", tell: Callable[[int], None]) -> None:
    progress = lines.progress
    known, here = set(progress.keys), []
    for document in page.documents:
        here.append(key := stream.key(document))
        if key in known:
            continue
        whole = stream.whole(session, document) if stream.whole else document
        if whole is not None:
            lines.add(json.dumps(whole, ensure_ascii=False))
        if stream.whole:  # each cost requests of its own: what it took is not to be lost
            progress.keys.append(key)
            lines.sync()
        tell(progress.documents)
    progress.place, progress.keys, progress.ended = page.next, here, page.ended
    lines.sync()
    tell(progress.documents)


class _Lines:
    """A stream's file. What stands in it beyond what the state counts is of a run that was killed: it goes."""

    def __init__(self, found: Kept, name: str, progress: Progress) -> None:
        self.progress = progress
        self._found, self._path = found, found.file(name)

    def __enter__(self) -> "_Lines":
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self._file.truncate(self.progress.size)
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
