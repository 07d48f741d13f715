"""What was named behind `headway audit`: files, or help desks to fetch from first."""

import getpass
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from headway.foundation import environment
from headway.foundation.errors import Invalid
from headway.insight.reading.port import Progress
from headway.insight.sources import catalogue, fetching
from headway.insight.sources.catalogue import SOURCES
from headway.insight.sources.port import Source


@contextmanager
def files(
    given: Sequence[str], progress: Progress, *, kept: Path | None, since_ms: int, sample: bool
) -> Iterator[list[Path]]:
    """The files of everything named. A `sample` is the first page of each list, and is gone after the block."""
    addresses = [catalogue.address(text) for text in given]
    if kept is not None and sum(one is not None for one in addresses) != 1:
        raise Invalid("--download is for one help desk, named like zendesk://acme.")
    found: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="headway-sample-") as passing:
        for number, (text, address) in enumerate(zip(given, addresses, strict=True)):
            if address is None:
                found += fetching.local(Path(text))
                continue
            folder = Path(passing) / str(number) if sample else kept or fetching.default_folder(address)
            found += fetching.fetch(
                address,
                folder,
                _secret(address.source),
                progress,
                since=max(since_ms // 1000, 0),
                pages=1 if sample else None,
            )
        yield found


@contextmanager
def folder(kind: str, given: str, progress: Progress, *, kept: Path | None, sample: bool) -> Iterator[Path]:
    """The folder or file of one help desk's export, brought up to date with its API where an address is given."""
    address = catalogue.address(given)
    if address is None:
        if kept is not None:
            raise Invalid("--download is for a help desk, named like zendesk://acme.")
        yield Path(given)
        return
    if address.source.scheme != kind:
        raise Invalid(f"{given} is no address of {SOURCES[kind].name}. Write {kind}://…")
    with tempfile.TemporaryDirectory(prefix="headway-sample-") as passing:
        place = Path(passing) if sample else kept or fetching.default_folder(address)
        secret, pages = _secret(address.source), 1 if sample else None
        fetching.fetch(address, place, secret, progress, pages=pages, also=True)
        yield place


def _secret(source: Source) -> str:
    """From the environment, else asked for: what is typed behind a command is seen by everybody on the machine."""
    secret = environment.read().source_token
    if not secret and sys.stdin.isatty():
        secret = getpass.getpass(f"{source.name}: {source.wants}: ").strip()
    if not secret:
        raise Invalid(
            f"{source.name} wants {source.wants}. Put it into HEADWAY_SOURCE_TOKEN, or run this at a terminal to be "
            "asked."
        )
    return secret
