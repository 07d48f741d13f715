"""HTML taken apart into tags and text in one pass: forgiving, linear, and every token knows where it stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,60})((?:[^>\"'<]++|\"[^\"]*+\"|'[^']*+')*+)>")
_TAG_LOOSE: Final = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,60})([^<>]*+)>")
_ATTRIBUTE: Final = re.compile(r"([a-zA-Z_:][-\w:.]{0,60}+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))")
_RAW: Final = {"script", "style", "title", "textarea", "xmp", "noembed", "noframes"}
_CLOSING: Final = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in _RAW}
_LONGEST_TAG: Final = 64 * 1024


@dataclass(slots=True)
class Token:
    """A stretch of text (`name` empty) or one tag."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    attributes: str = ""

    def attribute(self, wanted: str) -> str:
        """The value of an attribute as written, empty when absent."""
        if wanted not in self.attributes.lower():
            return ""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == wanted:
                return match[2] or match[3] or match[4] or ""
        return ""


def tokens(html: str) -> Iterator[Token]:
    """Text and tags in order. Comments, declarations, scripts and style sheets are left out."""
    position = 0
    length = len(html)
    endless: set[str] = set()  # what is known not to close any more: each is searched for once
    while position < length:
        at = html.find("<", position)
        if at < 0:
            yield Token(position, length)
            return
        if at > position:
            yield Token(position, at)
        if html.startswith(("!", "?"), at + 1):
            position = _after_declaration(html, at, endless)
            continue
        match = _TAG.match(html, at, at + _LONGEST_TAG) or _TAG_LOOSE.match(html, at, at + 4096)
        if not match:
            yield Token(at, at + 1)
            position = at + 1
            continue
        name = match[2].lower()
        position = match.end()
        if name in _RAW and not match[1]:
            position = _after_raw(html, position, name, endless)
            continue
        yield Token(at, position, name, bool(match[1]), match[3])


def _after_declaration(html: str, at: int, endless: set[str]) -> int:
    """Past a comment, a doctype or a processing instruction; Outlook's `<![endif]-->` included."""
    if html.startswith("<!--", at) and "!--" not in endless:
        end = html.find("-->", at + 2)
        if end >= 0:
            return end + 3
        endless.add("!--")
    end = html.find(">", at)
    return end + 1 if end >= 0 else len(html)


def _after_raw(html: str, position: int, name: str, endless: set[str]) -> int:
    """Past the closing tag of an element whose content is no markup; without one, right behind its opening."""
    if name in endless:
        return position
    match = _CLOSING[name].search(html, position)
    if not match:
        endless.add(name)
        return position
    end = html.find(">", match.start())
    return end + 1 if end >= 0 else len(html)
