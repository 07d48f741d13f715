"""Taking a person out of a text that others wrote. Pure."""

import re
from collections.abc import Callable, Collection, Iterable

MARK = "[erased]"
_SHORTEST = 3
_DIGITS = re.compile(r"[0-9]")


def redactor(names: Iterable[str], known: Iterable[str], *, parts: bool) -> Callable[[str], str]:
    """A function that puts a mark in the place of the person: of their whole names, their addresses, numbers and ids,
    however they are written, and with `parts` of their first and last names too ("Hello Dana,")."""
    wanted: set[str] = {one.strip() for one in known if one.strip()}
    for name in names:
        if len(name.strip()) >= _SHORTEST:
            wanted.add(" ".join(name.split()))
        if parts:
            wanted |= {part for part in name.split() if len(part) >= _SHORTEST}
    if not wanted:
        return lambda text: text
    # the longest first, so that no half of an address is left
    pattern = "|".join(_pattern(one) for one in sorted(wanted, key=lambda one: (-len(one), one)))
    found = re.compile(pattern, re.IGNORECASE)
    return lambda text: found.sub(MARK, text)


def mentions(raw: bytes, known: Collection[str]) -> bool:
    """Whether the bytes of a mail name one of these addresses."""
    lower = raw.lower()
    return any(one.encode().lower() in lower for one in known if "@" in one)


def _pattern(word: str) -> str:
    if re.fullmatch(r"\+[0-9]+", word):
        # a number, with whatever stands between its digits, and with 00 for +
        spaced = r"[\s()./-]*".join(_DIGITS.findall(word))
        return rf"(?:\+|\b00)\s*{spaced}(?![0-9])"
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    # scripts without spaces between words have no edge to look for
    before = r"(?<!\w)" if word[0].isascii() or _spaced(word[0]) else ""
    after = r"(?!\w)" if word[-1].isascii() or _spaced(word[-1]) else ""
    return f"{before}{spaced}{after}"


def _spaced(letter: str) -> bool:
    return not ("\u0e00" <= letter <= "\u0eff" or letter >= "\u2e80")
