"""Texts of one meaning in one group: average linkage up to a cosine distance, then the rest to the nearest group."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from headway.foundation.embeddings import Vectors

DISTANCE: Final = 0.40
# Linkage compares each with each: so many at most; what lies beyond goes to the group whose middle is nearest.
COMPARED: Final = 2000

Labels = NDArray[np.int64]


def grouped(vectors: Vectors) -> Labels:
    """A group for each row, -1 for what is near none. Groups of one are none."""
    from sklearn.cluster import AgglomerativeClustering

    compared = vectors[:COMPARED]
    if len(compared) < 2:
        return np.full(len(vectors), -1, dtype=np.int64)
    model = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=DISTANCE)
    labels: Labels = np.asarray(model.fit_predict(compared), dtype=np.int64)
    sizes = np.bincount(labels)
    labels[sizes[labels] < 2] = -1
    kept = [int(label) for label in np.unique(labels) if label >= 0]
    rest = vectors[COMPARED:]
    if not len(rest):
        return labels
    if not kept:
        return np.concatenate([labels, np.full(len(rest), -1, dtype=np.int64)])
    middles = np.stack([compared[labels == label].mean(axis=0) for label in kept])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    near = rest @ middles.T
    best = near.argmax(axis=1)
    found = np.where(near.max(axis=1) >= 1 - DISTANCE, np.asarray(kept)[best], -1)
    return np.concatenate([labels, found.astype(np.int64)])
