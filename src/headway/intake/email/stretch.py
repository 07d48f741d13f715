"""A part of a file as bytes that are read piece by piece: a large mail is never held whole to cut out its files."""

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bytes from `start` to before `end` of a file that can seek."""

    file: BinaryIO
    start: int
    end: int

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def __getitem__(self, part: slice, /) -> bytes:
        first, last, step = part.indices(len(self))
        if step != 1:
            raise ValueError("only bytes that follow each other can be read")
        self.file.seek(self.start + first)
        return self.file.read(max(0, last - first))

    def __bytes__(self) -> bytes:
        return self[:]
