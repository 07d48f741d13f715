"""Progress on standard error: a line a part, redrawn on a terminal, absent elsewhere and with --json."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bars(quiet: bool = False) -> Iterator[Callable[[str, int], None]]:
    """Yields a function that takes a part's name and how much of it is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda _part, _done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

    tasks: dict[str, TaskID] = {}
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as drawn:

        def show(part: str, done: int) -> None:
            if part not in tasks:
                tasks[part] = drawn.add_task(part, total=None)
            drawn.update(tasks[part], completed=done)

        yield show


@contextmanager
def counting(quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yields a function that takes a part's name, how much of it is done, and of how much.

    A bar on a terminal; elsewhere a line for every fifth, for whoever reads the log of a start.
    """
    if quiet or not sys.stderr.isatty():
        said: set[tuple[str, int]] = set()

        def tell(part: str, done: int, of: int) -> None:
            fifth = done * 5 // max(of, 1)
            if fifth and not quiet and (part, fifth) not in said:
                said.add((part, fifth))
                sys.stderr.write(f"{part}: {fifth * 20}%\n")

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

    tasks: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description:8}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as drawn:

        def show(part: str, done: int, of: int) -> None:
            if part not in tasks:
                tasks[part] = drawn.add_task(part, total=of)
            drawn.update(tasks[part], completed=done)

        yield show
