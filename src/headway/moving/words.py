"""Comments' words as they are shown here: HTML made safe in bounded processes, files put into the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from headway.foundation import files
from headway.foundation.files import Blob
from headway.intake.email import wording
from headway.intake.email.children import Pool
from headway.moving.lying import Files
from headway.moving.records import Attached, Comment
from headway.moving.telling import Worded
from headway.tickets.actions.files import Attachment

_HEAD: Final = (
    b"From: <import@import.invalid>\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n"
)
_MOST_BYTES: Final = 32 * 1024 * 1024  # of files held in memory at once; a larger one goes piece by piece


def worded(comments: Sequence[Comment], pool: Pool, lying: Files) -> dict[str, Worded]:
    """The words of the comments by key. A file that is not here is named in them with its address."""
    marked = [one for one in comments if one.html]
    outcomes = pool.parse([_HEAD + one.html.encode("utf-8", "replace") for one in marked])
    parsed = {one.key: outcome.mail for one, outcome in zip(marked, outcomes, strict=True) if outcome.mail}
    found: dict[str, Worded] = {}
    stored = _stored(comments, lying)
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
    return found


def _stored(comments: Iterable[Comment], lying: Files) -> Mapping[tuple[str, str, str], Attachment]:
    found: dict[tuple[str, str, str], Attachment] = {}
    for part in _parts(_here(comments, lying)):
        for (one, file, _path), blob in zip(part, _put([path for _one, _file, path in part]), strict=True):
            media = file.media_type or "application/octet-stream"
            found[one.key, file.key, file.name] = Attachment(blob=blob, name=file.name, media_type=media)
    return found


def _put(paths: Sequence[Path]) -> list[Blob]:
    if len(paths) > 1:
        return files.put_many([path.read_bytes() for path in paths])
    with paths[0].open("rb") as file:
        return [files.put_stream(file)]


def _here(comments: Iterable[Comment], lying: Files) -> Iterator[tuple[Comment, Attached, Path]]:
    for one in comments:
        for file in one.files:
            path = lying.find(file)
            if path is not None:
                yield one, file, path


def _parts(found: Iterator[tuple[Comment, Attached, Path]]) -> Iterator[list[tuple[Comment, Attached, Path]]]:
    part: list[tuple[Comment, Attached, Path]] = []
    size = 0
    for one in found:
        more = one[2].stat().st_size
        if part and size + more > _MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += more
    if part:
        yield part
