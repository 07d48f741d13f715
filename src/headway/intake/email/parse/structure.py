"""The tree of a mail's parts by offsets into the raw bytes; nothing is copied and nothing decoded here."""

import re
from dataclasses import dataclass, field
from typing import Final

from headway.intake.email import limits
from headway.intake.email.parse import headers, parameters, transfer
from headway.intake.email.parse.headers import Headers
from headway.intake.email.parse.parameters import Parameterised

_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_LONGEST_BOUNDARY: Final = 512


@dataclass(slots=True)
class Part:
    """One part: its headers, its type, where its body stands in the raw mail, and the parts inside it."""

    headers: Headers
    type: str
    content_type: Parameterised
    disposition: Parameterised
    encoding: str
    start: int
    end: int
    depth: int
    parent: "Part | None" = None
    children: list["Part"] = field(default_factory=list)
    preamble: tuple[int, int] = (0, 0)

    @property
    def main(self) -> str:
        return self.type.partition("/")[0]

    @property
    def filename(self) -> str:
        return self.disposition.get("filename") or self.content_type.get("name")


@dataclass(slots=True)
class Reading:
    """One pass over one mail: the bytes, the bounds used up, what was found wrong."""

    raw: bytes
    parts: int = 0
    defects: list[str] = field(default_factory=list)

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


def read(reading: Reading, start: int, end: int) -> Part:
    """The part whose headers begin at `start`, with everything inside it."""
    return _part(reading, start, end, None, "text/plain", 0)


def leaves(part: Part) -> list[Part]:
    """The parts without parts, in order of appearance."""
    found: list[Part] = []
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if one.children:
            waiting.extend(reversed(one.children))
        else:
            found.append(one)
    return found


def _part(reading: Reading, start: int, end: int, parent: Part | None, default: str, depth: int) -> Part:
    reading.parts += 1
    block, body = headers.read(reading.raw, start, end, reading.defects)
    content_type = _content_type(reading, block, body, end)
    encoding, known = transfer.encoding_of(block.first("content-transfer-encoding").decode("ascii", "replace"))
    if not known:
        reading.note("unknown transfer encoding")
    part = Part(
        headers=block,
        type=_type(reading, content_type.value, default, has_header=block.has("content-type")),
        content_type=content_type,
        disposition=parameters.read(block.first("content-disposition")),
        encoding=encoding,
        start=body,
        end=end,
        depth=depth,
        parent=parent,
    )
    if part.main == "multipart" or (parent is None and _announces_parts(reading, part)):
        _open(reading, part)
    return part


def _content_type(reading: Reading, block: Headers, start: int, end: int) -> Parameterised:
    """The type a part claims; of several claims a multipart whose boundary is really there, else the first."""
    claims = [parameters.read(value) for value in block.every("content-type")[:5]]
    if len(claims) > 1:
        for claim in claims:
            boundary = claim.get("boundary").encode("utf-8", "replace")
            if (
                claim.value.startswith("multipart/")
                and boundary
                and reading.raw.find(b"--" + boundary, start, end) >= 0
            ):
                return claim
    return claims[0] if claims else Parameterised()


def _announces_parts(reading: Reading, part: Part) -> bool:
    """A mail that lost its Content-Type, whose text begins by saying that it is made of parts."""
    start = reading.raw[part.start : min(part.end, part.start + 200)].lower()
    return not part.headers.has("content-type") and (
        b"mime-encapsulated message" in start or b"in mime format" in start
    )


def _type(reading: Reading, value: str, default: str, *, has_header: bool) -> str:
    if not has_header or not value:
        return default
    if _TYPE.fullmatch(value):
        return value
    if value in ("text", "plain", "text/"):
        return "text/plain"
    if value in ("html", "text/html "):
        return "text/html"
    if value.startswith("multipart"):
        return "multipart/mixed"
    reading.note("unreadable content type")
    return default if "/" not in value else "application/octet-stream"


def _open(reading: Reading, part: Part) -> None:
    """Finds the parts of a multipart; one without boundary lines becomes text."""
    boundary = part.content_type.get("boundary").rstrip()[:_LONGEST_BOUNDARY]
    spans = _between(reading, boundary.encode("utf-8", "replace"), part.start, part.end) if boundary else []
    if not spans:
        spans = _guessed(reading, part)
    if not spans:
        reading.note("a multipart without its boundary")
        part.type = "text/plain"
        return
    part.type = part.type if part.main == "multipart" else "multipart/mixed"
    if part.depth >= limits.DEPTH:
        reading.note("parts nested deeper than is read")
        part.type = "application/octet-stream"
        return
    part.preamble = (part.start, max(part.start, reading.raw.rfind(b"\n--", part.start, spans[0][0])))
    default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
    for start, end in spans:
        if reading.parts >= limits.PARTS:
            reading.note("more parts than are read")
            break
        part.children.append(_part(reading, start, end, part, default, part.depth + 1))


def _between(reading: Reading, boundary: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """The spans between boundary lines, up to the closing one (or the end, when that is missing)."""
    raw, mark = reading.raw, b"--" + boundary
    spans: list[tuple[int, int]] = []
    opened = -1
    position = start
    while True:
        at = raw.find(mark, position, end)
        if at < 0:
            if opened >= 0:
                reading.note("no closing boundary")
                spans.append((opened, end))
            return spans
        position = at + len(mark)
        if at > start and raw[at - 1] != 10:
            continue
        stop = raw.find(b"\n", position, min(end, position + 1024))
        line_end = stop if stop >= 0 else min(end, position + 1024)
        rest = raw[position:line_end].strip()
        if rest and not rest.startswith(b"--"):
            continue
        if rest[2:3].isalnum():
            continue
        if opened >= 0:
            spans.append((opened, max(opened, at - 2 if at >= 2 and raw[at - 2 : at] == b"\r\n" else at - 1)))
        if rest:
            return spans
        opened = min(end, line_end + 1)
        position = opened
        if len(spans) > limits.PARTS:
            return spans


def _guessed(reading: Reading, part: Part) -> list[tuple[int, int]]:
    """A boundary that is missing or misspelt in the header, read off the body: a dashed line before a part's header."""
    raw = reading.raw
    at = part.start
    for _ in range(50):
        at = raw.find(b"--", at, min(part.end, part.start + 65_536))
        if at < 0:
            return []
        stop = raw.find(b"\n", at, min(part.end, at + 256))
        if stop < 0:
            return []
        line = raw[at + 2 : stop].strip()
        starts_line = at == part.start or raw[at - 1] == 10
        if starts_line and len(line) > 5 and b" " not in line and raw[stop + 1 : stop + 9].lower() == b"content-":
            reading.note("a wrong boundary")
            return _between(reading, line, part.start, part.end)
        at = stop + 1
    return []
