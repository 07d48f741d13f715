"""Safe HTML by allow-list: no script, no style sheet, no SVG, nothing fetched from elsewhere until somebody asks."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import nh3

_TAGS: Final = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol",
    "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
_DROPPED_WITH_CONTENT: Final = {
    "script", "style", "title", "noscript", "template", "object", "applet", "embed", "iframe", "svg", "math", "select",
    "textarea", "button",
}  # fmt: skip
_SIZES: Final = {"width", "height", "align", "valign", "bgcolor"}
_ATTRIBUTES: Final = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"width", "align", "bgcolor", "border", "cellpadding", "cellspacing"},
    "td": {*_SIZES, "colspan", "rowspan", "nowrap"},
    "th": {*_SIZES, "colspan", "rowspan", "nowrap"},
    "tr": _SIZES,
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"value"},
    "hr": {"size", "width", "align"},
    "div": {"align"},
    "p": {"align"},
    "time": {"datetime"},
}
_PROPERTIES: Final = {
    "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style", "border-bottom-width",
    "border-collapse", "border-color", "border-left", "border-left-color", "border-left-style", "border-left-width",
    "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-top-color",
    "border-top-style", "border-top-width", "border-width", "color", "direction", "font-family", "font-size",
    "font-style", "font-variant", "font-weight", "height", "letter-spacing", "line-height", "list-style-type",
    "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent", "text-transform",
    "unicode-bidi", "vertical-align", "white-space", "width", "word-break", "word-spacing", "word-wrap",
}  # fmt: skip
_SCHEMES: Final = {"http", "https", "mailto", "tel", "cid", "data"}
_UNSAFE_STYLE: Final = re.compile(
    r"url|expression|@import|\\|javascript|binding|/\*|image-set|element\(", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(
    r"(?:margin|text-indent|letter-spacing|word-spacing)[^;]{0,40}:[^;]{0,80}-\s?\d", re.IGNORECASE
)
_SAFE_DATA: Final = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]{1,200000}\Z", re.IGNORECASE)
IMAGE: Final = re.compile(r'<img((?:\s[a-z-]+(?:="[^"]*+")?+)*+)\s?/?>')  # as nh3 writes it
_SOURCE: Final = re.compile(r'\ssrc="([^"]*)"')
EMBEDDED: Final = "attachment:"


@dataclass(frozen=True, slots=True)
class Safe:
    """Sanitised HTML; embedded images are `src="attachment:N"` (N: index in the mail's attachments), remote ones
    `data-remote-src` without a source."""

    html: str
    remote_images: int
    embedded: frozenset[int]


def sanitise(html: str, content_ids: dict[str, int]) -> Safe:
    """The safe form of `html`; `content_ids` maps the ids of embedded files to their index."""
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        url_schemes=_SCHEMES,
        filter_style_properties=_PROPERTIES,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    remote = 0
    embedded: set[int] = set()

    def image(match: re.Match[str]) -> str:
        nonlocal remote
        source = _SOURCE.search(match[1])
        if not source:
            return match[0]
        value = source[1]
        lowered = value[:8].lower()
        if lowered.startswith("data:"):
            return match[0]
        if lowered.startswith("cid:"):
            index = content_ids.get(content_key(value[4:]))
            if index is None:
                return "<img" + _SOURCE.sub("", match[1]) + ">"
            embedded.add(index)
            return "<img" + _SOURCE.sub(f' src="{EMBEDDED}{index}"', match[1]) + ">"
        remote += 1
        return "<img" + _SOURCE.sub(r' data-remote-src="\1"', match[1]) + ">"

    return Safe(IMAGE.sub(image, cleaned), remote, frozenset(embedded))


def content_key(content_id: str) -> str:
    """The form in which a Content-ID and a cid: reference are compared."""
    return unquote(content_id).strip().strip("<>").lower()


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return None if _UNSAFE_STYLE.search(value) or _NEGATIVE.search(value) else value
    if name == "src":
        lowered = value[:8].lower()
        if lowered.startswith("data:"):
            return value if _SAFE_DATA.match(value) else None
        if lowered.startswith("//"):
            return "https:" + value
        return value if lowered.startswith(("http:", "https:", "cid:")) else None
    if name == "href":
        return None if value[:5].lower() in ("data:", "cid:") else value
    return value
