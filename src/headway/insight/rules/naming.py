"""A readable name for a group of texts: the words that set it apart from all others. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Final

# A word is named only when so many texts of the group have it: what one customer wrote is nobody's name for it.
FEWEST: Final = 3
_MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_EMPTY: Final = frozenset(
    re.findall(
        r"\S+",
        """
a about after all also am an and any are as at be because been but by can could did do does doing dear don't for
from get got had has have having hello help her here hey hi him his how i if i'd i'm in into is isn't it its
i've just know let like me my need no not now of on one or our out please re really regards see she should so
some still thank thanks that the their them then there they this to too try trying up us use using want was we
were what when where which who why will with would yes you your you're fwd wg aw der die das und ich ist nicht
ein eine zu den mit für auf es sie wir mir bitte hallo le la les de des un une et je est que pour pas vous nous
bonjour el los las y en por una mi hola il di che e per non sono ciao
""",
    )
)


def named(groups: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """A name for each group of texts: neighbouring words that many of its texts have and few others do."""
    inside = {label: _counted(texts) for label, texts in groups.items()}
    everywhere: Counter[str] = Counter()
    for counted in inside.values():
        everywhere.update(counted)
    whole = sum(len(texts) for texts in groups.values())
    return {label: _name(inside[label], everywhere, len(groups[label]), whole) for label in groups}


def _counted(texts: Sequence[str]) -> Counter[str]:
    """In how many texts each word, and each pair of neighbours, occurs."""
    found: Counter[str] = Counter()
    for text in texts:
        words = [word for word in _WORD.findall(text.lower()[:600]) if word not in _EMPTY]
        found.update({*words, *(f"{a} {b}" for a, b in pairwise(words))})
    return found


def _name(counted: Counter[str], everywhere: Counter[str], size: int, whole: int) -> str:
    scores = {
        term: n / size * log(1 + whole / everywhere[term]) * (1.6 if " " in term else 1.0)
        for term, n in counted.items()
        if n >= min(FEWEST, size)
    }
    words: list[str] = []
    for term in sorted(scores, key=lambda term: (-scores[term], term)):
        new = [word for word in term.split() if word not in words]
        if new and len(words) + len(new) <= _MOST_WORDS:
            words += new
        if len(words) >= _MOST_WORDS - 1:
            break
    return " ".join(words)
