"""Markdown as our people write it, as safe HTML: emphasis, lists, links, quotes and code; line breaks stay.

No headings, pictures or HTML: a line that begins with "#" or an indent is a line. Used for replies and notes alike.
"""

import re
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML

# longer texts are shown and sent as they were written
MOST: Final = 50_000

_MARKS: Final = re.compile(r"[*_`\[\]\\]|^\s*(?:[-+]|\d+[.)])\s|^\s*>|^\s*~~~|<https?:|<mailto:", re.MULTILINE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]")
_TAGS: Final = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "pre", "code"}
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
_LEFT_OUT: Final = ["heading", "lheading", "hr", "code", "image", "html_block", "html_inline", "reference"]


def has_marks(text: str) -> bool:
    """Whether anything in the text may be Markdown; otherwise it is best treated as plain text."""
    return len(text) <= MOST and _MARKS.search(text) is not None


def to_html(text: str) -> str:
    """The text as HTML that is safe to show and to send; "" for a plain text, which needs none."""
    return safe(_rendered(text)).strip() if has_marks(text) else ""


def safe(html: str) -> str:
    """What Markdown can say, and nothing else; links open apart and tell nobody where they were followed."""
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer nofollow"
    )


class _Links(RendererHTML):
    """Renders bare addresses as links, unless they stand in a link already."""

    depth = 0

    def link_open(self, tokens: Any, number: int, options: Any, _env: Any) -> str:
        """The beginning of a link."""
        self.depth += 1
        return self.renderToken(tokens, number, options, {})

    def link_close(self, tokens: Any, number: int, options: Any, _env: Any) -> str:
        """The end of a link."""
        self.depth -= 1
        return self.renderToken(tokens, number, options, {})

    def text(self, tokens: Any, number: int, _options: Any, _env: Any) -> str:
        """Words of a line."""
        words = tokens[number].content
        if self.depth or "http" not in words:
            return str(escapeHtml(words))
        made, end = [], 0
        for found in _ADDRESS.finditer(words):
            address = escapeHtml(found.group())
            made += [escapeHtml(words[end : found.start()]), f'<a href="{address}">{address}</a>']
            end = found.end()
        return "".join([*made, escapeHtml(words[end:])])


def _rendered(text: str) -> str:
    # a parser of its own for each text: what is rendered keeps count of its links
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Links).disable(_LEFT_OUT)
    return str(parser.render(text))
