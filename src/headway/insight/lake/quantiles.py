"""Quantiles by nearest rank: a value that was observed, the same on every engine."""

from collections.abc import Sequence

from headway.insight.lake.engine import Lake


def quantiles(lake: Lake, table: str, expression: str, percents: Sequence[int]) -> tuple[int, list[int | None]]:
    """How many values an expression over a table has that are not NULL, and the given quantiles of them."""
    picked = ", ".join(
        f"MAX(CASE WHEN place * 100 >= {int(percent)} * n AND (place - 1) * 100 < {int(percent)} * n THEN v "
        f"ELSE NULL END)"
        for percent in percents
    )
    n, *found = lake.one(
        f"SELECT COUNT(*), {picked} FROM (SELECT v, CAST(ROW_NUMBER() OVER (ORDER BY v) AS BIGINT) AS place, "
        f"COUNT(*) OVER (PARTITION BY 1) AS n FROM (SELECT {expression} AS v FROM {table}) AS given "
        f"WHERE v IS NOT NULL) AS ranked"
    )
    return int(n), [None if value is None else int(value) for value in found]
