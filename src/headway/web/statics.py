"""Styles, scripts and icons as they travel: compressed once, under an address that changes with any of them."""

import gzip
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import django_htmx

from headway.web.script import joined

HERE = Path(__file__).parent / "static"
# What others bring, by the name it has among ours.
_FOREIGN = {"js/htmx.js": Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"}

PLACE = "/assets/"


@dataclass(frozen=True, slots=True)
class Static:
    """One file, or several sheets as one."""

    content: bytes
    compressed: bytes
    kind: str


@lru_cache(maxsize=1)
def version() -> str:
    """A name for all of them as they are now: browsers may keep what stands under it for ever."""
    seen = hashlib.sha256()
    for name, path in sorted(_files().items()):
        seen.update(f"{name}\0".encode() + path.read_bytes())
    return seen.hexdigest()[:12]


def address(name: str) -> str:
    """Where a browser finds the file."""
    return f"{PLACE}{version()}/{name}"


def styles(names: Sequence[str]) -> str:
    """One address for sheets in this order: a page waits for one answer before it is drawn, not for fifteen."""
    return address(f"css/{'+'.join(names)}.css")


@lru_cache(maxsize=200)
def static(name: str) -> Static | None:
    """The file of this name, a script with what it imports, or the sheets that it lists; None when one is not there."""
    listed = [name]
    if name.startswith("css/") and name.endswith(".css"):
        listed = [f"css/{part}.css" for part in name[len("css/") : -len(".css")].split("+")][:40]
    paths = [_files().get(each) for each in listed]
    present = [path for path in paths if path is not None]
    if len(present) < len(paths):
        return None
    if name.startswith("js/") and name not in _FOREIGN:
        content = joined(name, lambda one: _files()[one].read_text(encoding="utf-8")).encode()
    else:
        content = b"\n".join(path.read_bytes() for path in present)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Static(content, gzip.compress(content, 9, mtime=0), kind)


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    own = {path.relative_to(HERE).as_posix(): path for path in HERE.rglob("*") if path.is_file()}
    return own | _FOREIGN
