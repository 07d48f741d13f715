"""How a text becomes searchable and a search becomes a query. Ideographs are searched by pairs."""

import re
from dataclasses import dataclass, replace

# Chinese, Japanese and Korean have no spaces to cut at: runs of these become overlapping pairs.
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_TERMS = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORDS = re.compile(r"\w+")

# Around a match in what is shown of a text that holds neither: whoever shows it puts its own marks there.
START, STOP = "\ue000", "\ue001"

# A vector may hold 1 MB; this much text with its stems stays under it in every script.
INDEXED_CHARACTERS = 60_000
MOST_TERMS = 16
# Fewer letters begin too many words.
SHORTEST_BEGUN = 2

# The search configurations of PostgreSQL by ISO 639-1 code.
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for: a word, a phrase in quotes, or pairs of ideographs; wanted or unwanted. `prefix`: what
    begins with it. `begun`: it may still be typed, so what begins with it counts as well as the word itself."""

    text: str
    phrase: bool = False
    prefix: bool = False
    begun: bool = False
    unwanted: bool = False
    pairs: tuple[str, ...] = ()


def pairs(text: str) -> list[str]:
    """Every pair of neighbouring ideographs, once, in order; a single one stands alone."""
    found: dict[str, None] = {}
    for run in _IDEOGRAPHS.findall(text):
        for start in range(max(1, len(run) - 1)):
            found[run[start : start + 2]] = None
    return list(found)


def file_words(name: str) -> str:
    """A file's name as it is found: whole, and by its words ("invoice_2026.pdf": also invoice, 2026, pdf)."""
    return f"{name} {_PUNCTUATION.sub(' ', name)}"


def terms(query: str, *, typing: bool = False) -> list[Term]:
    """The terms of a search as typed: words, "phrases", -unwanted, prefi*. `typing`: the last word may go on."""
    found: list[Term] = []
    for minus, quoted, word in _TERMS.findall(query.replace("\x00", " "))[:MOST_TERMS]:
        text = quoted or word
        if ideographs := pairs(text):
            found.append(Term(text, unwanted=bool(minus), pairs=tuple(ideographs)))
            continue
        if not _WORDS.search(text):
            continue
        prefix = not quoted and text.endswith("*")
        found.append(Term(text.rstrip("*"), phrase=bool(quoted), prefix=prefix, unwanted=bool(minus)))
    if typing and found and query[-1:].isalnum() and len(found[-1].text) >= SHORTEST_BEGUN:
        last = found[-1]
        if not (last.phrase or last.prefix or last.unwanted or last.pairs):
            found[-1] = replace(last, begun=True)
    # only unwanted terms would mean nearly everything
    return found if any(not term.unwanted for term in found) else []
