"""Large JSON read piece by piece: the objects in the lists of a document, without holding the document.

Works on one object with lists in it, on several such objects one behind the other (pages, or a line each), and on a
bare list.
"""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from headway.insight.reading.unpacked import opened

_CHUNK: Final = 1 << 20
_MOST: Final = 1 << 28  # characters of one element
_SPACE: Final = " \t\r\n,\ufeff"


class Broken(ValueError):
    """The document ends or goes wrong in the middle. What came before it was given out."""


def elements(path: Path) -> Iterator[tuple[str, Any]]:
    """Every element of every list with the list's name, and every other value of an object with its own."""
    with opened(path) as file:
        text = _Text(file)
        while sign := text.peek():
            if sign == "[":
                text.skip()
                for element in _list(text):
                    yield "", element
            elif sign == "{":
                text.skip()
                yield from _object(text)
            else:
                yield "", text.value()


def _object(text: "_Text") -> Iterator[tuple[str, Any]]:
    while (sign := text.peek()) != "}":
        if sign != '"':
            raise Broken("a name was expected")
        name = str(text.value())
        if text.peek() != ":":
            raise Broken(f"no value follows {name!r}")
        text.skip()
        if text.peek() == "[":
            text.skip()
            for element in _list(text):
                yield name, element
        else:
            yield name, text.value()
    text.skip()
    yield "}", None  # so that who reads a line for each object knows where one ends


def _list(text: "_Text") -> Iterator[Any]:
    while (sign := text.peek()) != "]":
        if not sign:
            raise Broken("the document breaks off")
        yield text.value()
    text.skip()


class _Text:
    """The document's characters, read on when they are needed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8")("replace")
        self._json = json.JSONDecoder()
        self._held, self._at, self._ended = "", 0, False

    def peek(self) -> str:
        """The next character that is no space or comma; empty at the end."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in _SPACE:
                    return self._held[self._at]
                self._at += 1
            if not self._more():
                return ""

    def skip(self) -> None:
        """Goes past the character that was peeked at."""
        self._at += 1

    def value(self) -> Any:
        """The whole value that begins here."""
        while True:
            try:
                value, end = self._json.raw_decode(self._held, self._at)
            except ValueError as error:
                if len(self._held) - self._at > _MOST or not self._more():
                    raise Broken("the document breaks off or is no JSON") from error
                continue
            if end == len(self._held) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def _more(self) -> bool:
        """Reads on, as much as is held already, so that a long value costs no more than twice its length."""
        if self._ended:
            return False
        self._held = self._held[self._at :]
        self._at = 0
        data = self._file.read(max(_CHUNK, len(self._held)))
        self._held += self._decode.decode(data, final=not data)
        if not data:
            self._ended = True
        return bool(data)
