"""Files that hang on what a help desk lists: which there are, and under what name each is kept."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """A file. `key` is the same in every run; `address` begins with a slash where it is one of the help desk's own.

    `size` is what the help desk says, in bytes; `packed` that it answers with JSON, the file in base64 under `data`.
    """

    key: str
    address: str
    media_type: str = ""
    size: int = 0
    packed: bool = False


# Every file that a document names.
Files = Callable[[Mapping[str, Any]], Iterator[Hanging]]


def key_of(number: Any, address: Any = "") -> str:
    """What a file is called by: its number, else its address without what is signed for a while; "" for neither."""
    if number not in (None, ""):
        return str(number)
    place = str(address or "").partition("?")[0]
    return f"u{hashlib.sha256(place.encode()).hexdigest()[:40]}" if place else ""


def name_of(key: str) -> str:
    """What a file is called in the folder, whatever a help desk writes as its number."""
    return key if _PLAIN.fullmatch(key) else f"x{hashlib.sha256(key.encode()).hexdigest()}"


def attached(document: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Every file in a list called `attachments`, however deep, behind what it hangs on."""
    left = [document]
    while left:
        one = left.pop()
        if isinstance(one, list):
            left += [each for each in one if isinstance(each, list | dict)]
        elif isinstance(one, Mapping):
            files = one.get("attachments")
            for file in files if isinstance(files, list) else ():
                if isinstance(file, Mapping):
                    yield one, file
            left += [each for name, each in one.items() if name != "attachments" and isinstance(each, list | dict)]


def told(id: str, address: str, media_type: str, size: str) -> Files:  # noqa: A002 (the field of this name)
    """Files whose documents say where they are, in fields of these names."""

    def files(document: Mapping[str, Any]) -> Iterator[Hanging]:
        for _holder, file in attached(document):
            key, place = key_of(file.get(id), file.get(address)), str(file.get(address) or "")
            if key and place:
                yield Hanging(
                    key=key, address=place, media_type=str(file.get(media_type) or ""), size=bytes_of(file.get(size))
                )

    return files


def bytes_of(said: Any) -> int:
    """A size as it is written; 0 where none is."""
    return int(said) if str(said).isdecimal() and len(str(said)) < 16 else 0
