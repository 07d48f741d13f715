"""Whether HTML is small and flat enough to be handed to a real HTML parser, found out in one pass."""

from typing import Final

from headway.intake.email import limits
from headway.intake.email.html.tokens import tokens

_NO_END: Final = {
    "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source", "embed", "param", "track",
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "optgroup", "tbody", "thead", "tfoot", "colgroup", "html",
    "head", "body", "basefont", "frame", "bgsound", "keygen", "image",
}  # fmt: skip
_FORMATTING: Final = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}


def reason_to_refuse(html: str) -> str:
    """Why the HTML is not sanitised, empty when it may be.

    Parsers re-open every unclosed formatting element in each block that follows, so those are counted by block.
    """
    if len(html) > limits.HTML_BYTES:
        return "HTML larger than is read"
    tags = depth = formatting = reopened = 0
    for token in tokens(html):
        name = token.name
        if not name:
            continue
        tags += 1
        step = -1 if token.closing else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif not token.closing:
            reopened += formatting
        if name not in _NO_END and not token.attributes.endswith("/"):
            depth = max(0, depth + step)
        if depth > limits.HTML_DEPTH:
            return "HTML nested deeper than is read"
        if tags > limits.HTML_TAGS or reopened > limits.HTML_FORMATTING:
            return "HTML with more elements than are read"
    return ""
