"""HTML to text as a reader sees it, each line knowing where in the HTML it began."""

import html as entities
import re
from dataclasses import dataclass
from typing import Final

from headway.intake.email.html.tokens import Token, tokens
from headway.intake.email.parse.charsets import storable

_BREAKS: Final = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "pre", "section",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS: Final = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"}
_CELLS: Final = {"td", "th"}
_WHITE: Final = re.compile(r"[ \t\n\r\f\u200b\ufeff]+")
_HIDDEN: Final = re.compile(r"display\s{0,4}:\s{0,4}none|mso-hide\s{0,4}:\s{0,4}all", re.IGNORECASE)
_VOID: Final = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source", "embed", "param"}
_HEAD_ONLY: Final = {"head"}


@dataclass(slots=True)
class Line:
    """One line of text, where in the HTML it began, and how deep in quoting elements it stands."""

    text: str
    start: int
    quote: int = 0
    mark: str = ""


class _Writer:
    """Collects text into lines, white space collapsed outside <pre>."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.start = 0
        self.quote = 0
        self.mark = ""
        self.space = False

    def text(self, text: str, at: int, *, preformatted: bool) -> None:
        if preformatted:
            first, *rest = text.split("\n")
            self._put(first, at)
            for line in rest:
                self.end_line(at)
                self._put(line, at)
            return
        words = _WHITE.sub(" ", text)
        if not words:
            return
        if words == " ":
            self.space = True
            return
        leading, trailing = words[0] == " ", words[-1] == " "
        if (self.space or leading) and self.pieces:
            self.pieces.append(" ")
        self._put(words.strip(" "), at)
        self.space = trailing

    def _put(self, text: str, at: int) -> None:
        if text and not self.pieces:
            self.start = at
        if text:
            self.pieces.append(text)

    def end_line(self, at: int, *, blank: bool = False) -> None:
        """Ends the line if it holds anything; `blank` asks for an empty line behind it."""
        if self.pieces:
            text = "".join(self.pieces).replace("\xa0", " ").rstrip()
            self.lines.append(Line(text, self.start, self.quote, self.mark))
            self.pieces, self.mark = [], ""
        self.space = False
        if blank:
            self.empty_line(at)

    def empty_line(self, at: int) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line("", at, self.quote))

    def break_line(self, at: int) -> None:
        """A <br>: ends the line, or adds an empty one."""
        if self.pieces:
            self.end_line(at)
        else:
            self.lines.append(Line("", at, self.quote))


def lines_of(html: str) -> list[Line]:
    """The visible text line by line. Quoting elements raise `quote`; a quoting mark names what begins there."""
    writer = _Writer()
    preformatted = hidden = 0
    hidden_name = ""
    skipping = ""
    for token in tokens(html):
        if not token.name:
            if not hidden and not skipping:
                text = html[token.start : token.end]
                writer.text(
                    entities.unescape(text) if "&" in text else text, token.start, preformatted=preformatted > 0
                )
            continue
        if hidden:
            if token.name == hidden_name:
                hidden += -1 if token.closing else 1
            continue
        if token.name in _HEAD_ONLY:
            skipping = "" if token.closing else token.name
            continue
        if token.name == "body":
            skipping = ""
        if not token.closing and token.name not in _VOID and _HIDDEN.search(token.attributes):
            hidden, hidden_name = 1, token.name
            continue
        preformatted += _preformatted(token, preformatted)
        _tag(writer, token)
    writer.end_line(len(html))
    return writer.lines


def text_of(lines: list[Line]) -> str:
    """The lines as one text, quoted ones marked with `>`, at most two empty lines in a row."""
    written: list[str] = []
    empty = 0
    for line in lines:
        empty = 0 if line.text else empty + 1
        if empty <= 2:
            written.append(f"{'>' * min(line.quote, 20)} {line.text}".rstrip() if line.quote else line.text)
    return storable("\n".join(written).strip("\n"))


def _preformatted(token: Token, depth: int) -> int:
    if token.name != "pre":
        return 0
    return (-1 if depth else 0) if token.closing else 1


def _tag(writer: _Writer, token: Token) -> None:
    name, at = token.name, token.start
    if name == "br":
        writer.break_line(at)
    elif name == "blockquote":
        writer.end_line(at)
        writer.quote = max(0, writer.quote - 1) if token.closing else writer.quote + 1
    elif name == "hr" and not token.closing:
        writer.end_line(at)
        writer.lines.append(Line("________________________________", at, writer.quote, mark="rule"))
    elif name in _PARAGRAPHS:
        writer.end_line(at, blank=token.closing or name != "pre")
    elif name in _BREAKS:
        writer.end_line(at)
    elif name in _CELLS and not token.closing:
        if writer.pieces:
            writer.pieces.append(" ")
    elif name == "img" and not token.closing:
        alternative = token.attribute("alt").strip()
        if alternative:
            writer.text(f"[{entities.unescape(alternative)[:200]}]", at, preformatted=False)
    if not token.closing:
        found = _mark(token)
        if found:
            writer.end_line(at)
            writer.lines.append(Line("", at, writer.quote, mark=found))


def _mark(token: Token) -> str:
    """ "rest" when this tag begins what a mail program quotes, "signature" when a signature, else empty."""
    if not token.attributes:
        return ""
    lowered = token.attributes.lower()
    if any(mark in lowered for mark in _REST_MARKS):
        return "rest"
    return "signature" if any(mark in lowered for mark in _SIGNATURE_MARKS) else ""


# Elements behind which only the quoted mail follows. Others (gmail_quote …) may be followed by an answer; there the
# line that stands above the quote and <blockquote> decide.
_REST_MARKS: Final = (
    "divrplyfwdmsg", "appendonsend", "olk_src_body_section", 'id="stopspelling', "ms-outlook-mobile-reference-message",
    'id="zwchr', "aolmsgpart_", "border-top:solid #b5c4df", "border-top:solid #e1e1e1", "border-top: solid #b5c4df",
    "border-top: solid #e1e1e1", "border-top:solid windowtext", "mailcontainer_quote", "x_divrplyfwdmsg",
)  # fmt: skip
_SIGNATURE_MARKS: Final = (
    "gmail_signature", "moz-signature", "data-signatureblock", "protonmail_signature_block", "apple-mail-signature",
    "ms-outlook-mobile-signature",
)  # fmt: skip
