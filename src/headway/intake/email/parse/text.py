"""The text and the HTML of a mail, put together from its pieces, cut and made safe."""

import html as entities
from dataclasses import dataclass, field

from headway.intake.email import limits
from headway.intake.email.html.bounds import reason_to_refuse
from headway.intake.email.html.divide import cut_of, divide
from headway.intake.email.html.text import Line, lines_of, text_of
from headway.intake.email.parse.bodies import Piece
from headway.intake.email.parse.content import text_of as part_text
from headway.intake.email.parse.structure import Part, Reading
from headway.intake.email.parse.uuencode import Found
from headway.intake.email.quotes.cut import Cut, cut


@dataclass(slots=True)
class Text:
    """A mail's text in all its forms."""

    cut: Cut
    whole: str = ""
    html: str = ""
    html_quoted: str = ""
    remote_images: int = 0
    embedded: frozenset[int] = frozenset()
    degraded: tuple[str, ...] = ()
    found: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    """The decoded pieces: one plain text and, if the mail has any HTML, one HTML text."""

    plain: str = ""
    html: str = ""
    found: list[Found] = field(default_factory=list)


def source_of(reading: Reading, pieces: list[Piece]) -> Source:
    """Both forms of the text; a piece that exists in one form only is converted into the other."""
    source = Source()
    plain: list[str] = []
    marked: list[str] = []
    has_html = any(part.type == "text/html" for piece in pieces for part in piece.html)
    budget = limits.TEXT_CHARACTERS
    for piece in pieces:
        texts = [_plain(reading, part, source) for part in piece.plain]
        own = "\n\n".join(text for text in texts if text.strip())
        html = "".join(_html(reading, part, source) for part in piece.html) if piece.html else ""
        if own:
            plain.append(own[:budget])
        elif html:
            plain.append("")
        if has_html:
            marked.append(html or _escaped(own))
        budget = max(0, budget - len(own))
        if html and not own:
            plain[-1] = _as_text(html)[:budget]
    source.plain = "\n\n".join(text for text in plain if text.strip())
    source.html = "\n".join(marked) if has_html else ""
    return source


def finish(source: Source, content_ids: dict[str, int], *, with_html: bool, with_quotes: bool) -> Text:
    """The text cut and the HTML sanitised, as far as asked for and as far as the bounds allow."""
    degraded: list[str] = []
    lines: list[Line] = []
    if not with_quotes:
        degraded.append("quotes")
        parts = Cut(source.plain.strip(), "", "", None)
    else:
        parts = cut(source.plain)
    text = Text(cut=parts, whole=source.plain.strip(), found=source.found)
    if source.html and with_html and not reason_to_refuse(source.html):
        lines = lines_of(source.html)
        html_cut = cut_of(lines) if with_quotes else Cut("", "", "", None)
        divided = divide(source.html, lines, html_cut, content_ids)
        text.html, text.html_quoted = divided.new, divided.quoted
        text.remote_images, text.embedded = divided.remote_images, divided.embedded
    elif source.html:
        degraded.append("html")
    text.degraded = tuple(degraded)
    return text


def _plain(reading: Reading, part: Part, source: Source) -> str:
    text, found = part_text(reading, part)
    source.found += found
    return _as_text(text) if part.type in ("text/html", "text/enriched", "text/richtext") else text


def _html(reading: Reading, part: Part, source: Source) -> str:
    text, found = part_text(reading, part)
    source.found += found
    return text if part.type == "text/html" else _escaped(text)


def _as_text(html: str) -> str:
    return text_of(lines_of(html))


def _escaped(text: str) -> str:
    return f'<div style="white-space: pre-wrap">{entities.escape(text)}</div>' if text.strip() else ""
