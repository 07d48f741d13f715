"""Reading Authentication-Results (RFC 8601): one pass over the text, whatever stands in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = re.compile(r"[^\s()\";=\\]+|\s+|.", re.DOTALL)
_MOST_RESULTS: Final = 100


@dataclass(frozen=True, slots=True)
class Result:
    """One check: its method and result in lower case, and its properties by `ptype.property`."""

    method: str
    value: str
    properties: Mapping[str, str] = field(default_factory=dict)

    def domain(self, *names: str) -> str:
        """The domain in the first of these properties that is there, in lower case; empty when there is none."""
        found = next((self.properties[name] for name in names if self.properties.get(name)), "")
        return found.rpartition("@")[2].strip("<>.").lower()


@dataclass(frozen=True, slots=True)
class Results:
    """One header. `server` is its authserv-id in lower case, empty where it has none, as Microsoft's.

    `instance` is the `i=` of an ARC-Authentication-Results header, 0 elsewhere.
    """

    server: str = ""
    results: tuple[Result, ...] = ()
    instance: int = 0


def read(text: str) -> Results:
    """What the header says; what cannot be read is left out."""
    server, instance = "", 0
    results: list[Result] = []
    for number, words in enumerate(_statements(text)):
        pairs, alone = _pairs(words)
        if number == 0 and not results and pairs and pairs[0][0] == "i" and len(pairs) == 1:
            instance = _number(pairs[0][1])
        elif not server and not results and alone and (not pairs or alone[0][1] == 0):
            server = alone[0][0].lower().rstrip(".")
        if pairs and pairs[0][0] != "i" and len(results) < _MOST_RESULTS:
            (method, value), *rest = pairs
            properties = dict(reversed(rest))  # the first of each name counts
            name = method.partition("/")[0]  # the version after it says nothing
            results += [Result(name, value.lower(), properties)] if name else []
    return Results(server, tuple(results), instance)


def tags(text: str) -> dict[str, str]:
    """The `name=value` list of an ARC-Seal or DKIM signature, the first of each name."""
    found: dict[str, str] = {}
    for part in text.split(";")[:_MOST_RESULTS]:
        name, equals, value = part.partition("=")
        if equals:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _statements(text: str) -> Iterator[list[str]]:
    """The words of each statement between semicolons; comments are left out, quoted strings are one word."""
    words: list[str] = []
    depth, escaped = 0, False
    quoted: list[str] | None = None
    for piece in _PIECE.findall(text):
        if escaped:
            escaped = False
            if quoted is not None:
                quoted.append(piece)
        elif piece == "\\":
            escaped = True
        elif quoted is not None:
            if piece == '"':
                words.append("".join(quoted))
                quoted = None
            else:
                quoted.append(piece)
        elif depth or piece == "(":
            depth += (piece == "(") - (piece == ")")
        elif piece == '"':
            quoted = []
        elif piece == ";":
            yield words
            words = []
        elif not piece.isspace():
            words.append(piece)
    yield words


def _pairs(words: list[str]) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
    """The `name = value` pairs, and the words that stand alone with their positions."""
    pairs: list[tuple[str, str]] = []
    alone: list[tuple[str, int]] = []
    at = 0
    while at < len(words):
        if at + 2 < len(words) and words[at + 1] == "=" and words[at] != "=" and words[at + 2] != "=":
            pairs.append((words[at].lower(), words[at + 2]))
            at += 3
        else:
            if words[at] != "=":
                alone.append((words[at], at))
            at += 1
    return pairs, alone


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
