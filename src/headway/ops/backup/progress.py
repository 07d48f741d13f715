"""How long work tells what it has done: the name of the part and how much of it."""

from collections.abc import Callable

Progress = Callable[[str, int], None]
