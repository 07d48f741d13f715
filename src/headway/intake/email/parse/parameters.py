"""Content-Type and Content-Disposition: value and parameters (RFC 2045, 2231), as they are really written."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from headway.intake.email.parse.charsets import decode
from headway.intake.email.parse.words import decoded, raw_text

_PARAMETER: Final = re.compile(r"\s*([^\s=;\"]{1,100})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)(?:\"|$)|([^;]*))", re.DOTALL)
_SECTION: Final = re.compile(r"([^*]+)\*(\d{1,3})(\*?)")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_MOST: Final = 100
_FOLDED: Final = re.compile(r"%\s{0,8}([0-9A-Fa-f])\s{0,8}([0-9A-Fa-f])")


@dataclass(frozen=True, slots=True)
class Parameterised:
    """A header value such as `text/plain; charset=utf-8`: the value in lower case and its decoded parameters."""

    value: str = ""
    parameters: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A parameter, empty when absent."""
        return self.parameters.get(name, "")


def read(raw: bytes, hint: str = "") -> Parameterised:
    """The value and parameters of one header; of a doubled parameter the first counts."""
    text = raw_text(raw, hint)
    value, _, rest = text.partition(";")
    found: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    position = 0
    for _ in range(_MOST):
        while position < len(rest) and rest[position] in "; \t":
            position += 1
        match = _PARAMETER.match(rest, position)
        if not match:
            following = rest.find(";", position)
            if following < 0:
                break
            position = following + 1
            continue
        position = match.end()
        name = match[1].lower()
        content = _ESCAPE.sub(r"\1", match[2]) if match[2] is not None else match[3].strip().strip("'\"")
        section = _SECTION.fullmatch(name)
        if section:
            sections.setdefault(section[1], {}).setdefault(int(section[2]), (content, bool(section[3])))
        elif name.endswith("*"):
            found[name[:-1]] = _extended(content)
        else:
            found.setdefault(name, decoded(content) if "=?" in content else content)
    for name, pieces in sections.items():
        found[name] = _joined(pieces)
    return Parameterised(value.strip().strip("\"'").lower(), found)


def _extended(content: str) -> str:
    charset, quote, rest = content.partition("'")
    if not quote:
        return decode(_unquoted(content), "utf-8")[0]
    return decode(_unquoted(rest.partition("'")[2]), charset)[0]


def _unquoted(content: str) -> bytes:
    """The bytes of a percent-encoded text; one folded inside such a triplet is put together again."""
    return unquote_to_bytes(_FOLDED.sub(r"%\1\2", content))


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """Numbered pieces in order; the charset stands in the first, a character may be split between two."""
    charset = ""
    data: list[bytes] = []
    for number in sorted(pieces):
        content, encoded = pieces[number]
        if number == 0 and encoded and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        data.append(_unquoted(content) if encoded else content.encode("utf-8", "replace"))
    text = decode(b"".join(data), charset)[0]
    return decoded(text) if "=?" in text else text
