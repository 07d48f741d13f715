"""From what was typed to files that a reader takes: `zendesk://acme` is fetched, a download's folder is its files."""

import time
from collections.abc import Callable
from pathlib import Path

from headway.insight.reading.port import Progress
from headway.insight.sources import kept
from headway.insight.sources.catalogue import Address
from headway.insight.sources.download import download
from headway.insight.sources.port import Source
from headway.insight.sources.session import Session

Secret = Callable[[Source], str]


def fetch(
    address: Address,
    folder: Path,
    secret: str,
    progress: Progress,
    *,
    since: int = 0,
    pages: int | None = None,
    also: bool = False,
) -> list[Path]:
    """Brings a folder up to date with a help desk; returns its files. Interrupted, the next call goes on.

    `since` in seconds leaves out what has not changed since; `pages` bounds each kind of thing; `also` what an
    audit does without. Raises Invalid when the
    help desk refuses or cannot be reached, with everything kept that was fetched by then.
    """
    source, waited = address.source, 0.0

    def wait(seconds: float) -> None:
        nonlocal waited
        if seconds <= 0:
            return
        waited += seconds
        progress(f"{source.name} asks for patience, seconds", round(waited))
        time.sleep(seconds)

    session = Session(source.name, address.url, secret, source.authorise, headers=source.headers, wait=wait)
    return download(source, session, folder, address.text, progress, since=since, pages=pages, also=also)


def default_folder(address: Address) -> Path:
    """Where a download is kept unless told: beside what one works on, named after the help desk."""
    plain = address.text.replace("://", "-")
    return Path("headway-" + "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in plain))


def local(path: Path) -> list[Path]:
    """The files of a path: those of a download, which needs no network, or the path itself."""
    return (kept.files(path) if path.is_dir() else []) or [path]
