"""An engine asked the same thing twice answers from memory: findings are told in several languages, counted once."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from headway.insight.lake.engine import Lake


class Remembering(Lake):
    """An engine that keeps its answers from `remember` on. Nothing may be written to its tables after that."""

    def __init__(self, **given: Any) -> None:
        self._answers: dict[Hashable, Any] | None = None
        super().__init__(**given)

    def remember(self) -> None:
        """From now on what was answered is answered again without being counted."""
        self._answers = {}

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        rows: list[tuple[Any, ...]] = self._kept(
            ("rows", sql, tuple(parameters)), lambda: super(Remembering, self).rows(sql, parameters)
        )
        return rows

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The single row of a statement that has exactly one."""
        row: tuple[Any, ...] = self._kept(
            ("one", sql, tuple(parameters)), lambda: super(Remembering, self).one(sql, parameters)
        )
        return row

    def named(self, name: str, **numbers: int) -> list[dict[str, Any]]:
        """The rows of `sql/<name>.sql` with `:places` filled by whole numbers, as dictionaries."""
        rows: list[dict[str, Any]] = self._kept(
            ("named", name, tuple(sorted(numbers.items()))), lambda: super(Remembering, self).named(name, **numbers)
        )
        return rows

    def _kept(self, asked: Hashable, ask: Callable[[], Any]) -> Any:
        if self._answers is None:
            return ask()
        if asked not in self._answers:
            self._answers[asked] = ask()
        return self._answers[asked]
