"""Texts that were not read by meaning, put to the groups of those that were, by the words they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from headway.insight.questions.middles import middles, nearest

RIGHT: Final = 0.8  # of what is put to a group must be right on a held-out half
_WIDTH: Final = 2**15
_NEAR: Final = tuple(step / 20 for step in range(2, 19))


@dataclass(frozen=True, slots=True)
class ByWords:
    """Puts texts to groups. `right` is how many of a held-out half came to the group that meaning had put them to."""

    vectorise: Any
    weigh: Any
    middles: Any
    groups: list[int]
    near: float
    right: float

    def labels(self, texts: Sequence[str]) -> list[int]:
        """A group for each text; -1 for one that shares too little with any."""
        if not texts:
            return []
        best, near = nearest(self.weigh.transform(self.vectorise.transform(texts)), self.middles)
        return [self.groups[at] if far >= self.near else -1 for at, far in zip(best, near, strict=True)]


def learn(texts: Sequence[str], labels: Sequence[int]) -> ByWords | None:
    """Learns from every second text and judges by the others; None when words do not tell groups apart well enough."""
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

    groups = sorted(set(labels) - {-1})
    if not groups or len(texts) < 4:
        return None
    vectorise = HashingVectorizer(n_features=_WIDTH, alternate_sign=False, norm=None, binary=True, ngram_range=(1, 2))
    weigh = TfidfTransformer(sublinear_tf=True)
    rows = weigh.fit_transform(vectorise.transform(texts))
    known = np.asarray(labels)
    best, near = nearest(rows[1::2], middles(rows[::2], known[::2], groups))
    said, meant = np.asarray(groups)[best], known[1::2]
    for least in _NEAR:
        taken = near >= least
        if not taken.any():
            break
        right = float((said[taken] == meant[taken]).mean())
        if right >= RIGHT:
            return ByWords(vectorise, weigh, middles(rows, known, groups), groups, least, right)
    return None
