"""Comments' words as they are shown here: HTML made safe in bounded processes, files put into the store."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from headway.foundation import files
from headway.intake.email import wording
from headway.intake.email.children import Pool
from headway.moving.records import Attached, Comment, Trouble
from headway.moving.telling import Worded
from headway.tickets.actions.files import Attachment

_HEAD: Final = (
    b"From: <import@import.invalid>\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n"
)
_ID: Final = re.compile(r"(\d+)")
_MOST_BYTES: Final = 64 * 1024 * 1024  # of files held in memory at once


class Files:
    """The files that lie beside an export, in a folder: `ID`, `ID-name`, `ID_name` or `ID/name`; else by their name."""

    def __init__(self, folder: Path) -> None:
        self._by_id: dict[str, Path] = {}
        self._by_name: dict[str, Path | None] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                for part in (path.name, path.parent.name if path.parent != folder else ""):
                    number = _ID.match(part)
                    if number:
                        self._by_id.setdefault(number[1], path)
                # of two with one name nobody can tell which is meant
                self._by_name[path.name] = None if path.name in self._by_name else path

    def find(self, attached: Attached) -> Path | None:
        """Where the file lies."""
        return self._by_id.get(attached.key) or self._by_name.get(attached.name)


def worded(comments: Sequence[Comment], pool: Pool, lying: Files) -> tuple[dict[str, Worded], list[Trouble]]:
    """The words of the comments by key, and which files are missing."""
    marked = [one for one in comments if one.html]
    outcomes = pool.parse([_HEAD + one.html.encode("utf-8", "replace") for one in marked])
    parsed = {one.key: outcome.mail for one, outcome in zip(marked, outcomes, strict=True) if outcome.mail}
    found: dict[str, Worded] = {}
    troubles: list[Trouble] = []
    stored = _stored(comments, lying, troubles)
    for one in comments:
        mail = parsed.get(one.key)
        text = one.text or (mail.whole if mail else "")
        missing = [file for file in one.files if (one.key, file.key, file.name) not in stored]
        # a reader must not think that nothing was there
        text += "".join(f"\n\n[{file.name}: {file.url or '—'}]" for file in missing)
        html = wording.html(mail) if mail and not mail.quoted and not missing else ""
        attached = tuple(
            stored[one.key, file.key, file.name] for file in one.files if (one.key, file.key, file.name) in stored
        )
        found[one.key] = Worded(text, html, attached)
    return found, troubles


def _stored(
    comments: Iterable[Comment], lying: Files, troubles: list[Trouble]
) -> Mapping[tuple[str, str, str], Attachment]:
    found: dict[tuple[str, str, str], Attachment] = {}
    for part in _parts(_wanted(comments, lying, troubles)):
        blobs = files.put_many([path.read_bytes() for _one, _file, path in part])
        for (one, file, _path), blob in zip(part, blobs, strict=True):
            media = file.media_type or "application/octet-stream"
            found[one.key, file.key, file.name] = Attachment(blob=blob, name=file.name, media_type=media)
    return found


def _wanted(
    comments: Iterable[Comment], lying: Files, troubles: list[Trouble]
) -> Iterator[tuple[Comment, Attached, Path]]:
    for one in comments:
        for file in one.files:
            path = lying.find(file)
            if path is None:
                reason = "the file is not in the export; its address stands in the message"
                trouble = Trouble(kind="file", key=file.key or one.key, reason=reason, detail=file.url)
                troubles.append(trouble)
            else:
                yield one, file, path


def _parts(
    wanted: Iterator[tuple[Comment, Attached, Path]],
) -> Iterator[list[tuple[Comment, Attached, Path]]]:
    part: list[tuple[Comment, Attached, Path]] = []
    size = 0
    for one in wanted:
        part.append(one)
        size += one[2].stat().st_size
        if size > _MOST_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part
