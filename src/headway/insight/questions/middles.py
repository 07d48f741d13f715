"""Groups as points: the middle of each, and which of them a text is nearest to."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def middles(rows: Any, labels: Any, groups: Sequence[int]) -> Any:
    """The middle of each group, of length one; of one without a text in these rows nothing."""
    found = np.zeros((len(groups), rows.shape[1]), dtype=np.float32)
    for place, group in enumerate(groups):
        own = np.flatnonzero(labels == group)
        if len(own):
            found[place] = np.asarray(rows[own].sum(axis=0)).ravel()
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def nearest(rows: Any, found: Any) -> tuple[Any, Any]:
    """The place of the nearest middle of each row, and how near it is: 1 for the same words, 0 for none shared."""
    near = np.asarray(rows @ found.T)
    return near.argmax(axis=1), near.max(axis=1)
