"""Who is meant by an "@" in a note. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 50


@dataclass(frozen=True, slots=True)
class Known:
    """A person (`kind` is agent) or a team, and what they answer to: the name, for people also the address."""

    kind: str
    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: where its "@" stands, where its name ends, and who is meant."""

    start: int
    end: int
    kind: str
    id: int


def mentions(text: str, known: Iterable[Known]) -> list[Found]:
    """Everybody named after an "@", in order, at most fifty. The longest name counts; one that two answer to names
    nobody, and their addresses tell them apart. An "@" inside a word is an address, not a mention."""
    named: dict[str, set[tuple[str, int]]] = {}
    for one in known:
        for name in one.names:
            if name.strip():
                named.setdefault(name.casefold(), set()).add((one.kind, one.id))
    longest = sorted(named, key=len, reverse=True)
    found: list[Found] = []
    start = text.find("@")
    while start >= 0 and len(found) < MOST:
        end = start + 1
        if start == 0 or not _in_word(text[start - 1]):
            for name in longest:
                # what casefold makes longer (ß) is as long as it is typed
                stop = next((at for at in _ends(text, end, name) if text[end:at].casefold() == name), None)
                if stop is None or (stop < len(text) and _goes_on(text, stop)):
                    continue
                if len(named[name]) == 1:
                    ((kind, number),) = named[name]
                    found.append(Found(start, stop, kind, number))
                end = stop
                break
        start = text.find("@", end)
    return found


def _ends(text: str, start: int, name: str) -> Iterable[int]:
    most = min(len(text), start + len(name))
    return range(most, max(start, most - len(name) // 2) - 1, -1)


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on here: letters, digits, and a dot or hyphen inside a name or an address."""
    inside = text[at] in ".-@" and at + 1 < len(text) and text[at + 1].isalnum()
    return text[at].isalnum() or text[at] == "_" or inside


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter in "._-+"
