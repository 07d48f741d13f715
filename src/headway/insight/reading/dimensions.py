"""The values of a table that mean something: looked up once each, joined by equality afterwards."""

from collections.abc import Callable, Mapping
from typing import Final

from headway.insight.lake.engine import Lake
from headway.insight.lake.words import Origin, Side
from headway.insight.reading import meanings
from headway.insight.reading.meanings import Step
from headway.insight.reading.port import Meaning, Options

# so many different values are looked at; a field with more holds no vocabulary
_MOST: Final = 20_000
_SHOWN: Final = 100
# a value of these that is not understood is shown as such
_SHOULD_MEAN: Final = ("status", "actor_kind")


def learn(lake: Lake, places: Mapping[str, str], options: Options) -> list[Meaning]:
    """Fills `meanings(field, value, kind, status, side, origin)` for the fields of `raw`; returns them for showing."""
    lake.run(
        "CREATE OR REPLACE TABLE meanings (field VARCHAR, value VARCHAR, kind VARCHAR, status VARCHAR, "
        "side VARCHAR, origin VARCHAR)"
    )
    shown: list[Meaning] = []
    for field, read in LEARNT.items():
        if field not in places:
            continue
        found = lake.rows(
            f"SELECT lower(trim({places[field]})) AS value, count(*) AS n FROM raw "
            f"WHERE trim({places[field]}) <> '' GROUP BY value ORDER BY n DESC, value LIMIT {_MOST}"
        )
        known = []
        for value, count in found:
            wanted = options.meanings.get((field, value))
            step = meanings.overruled(field, wanted) if wanted else read(value)
            if step is None:
                if field in _SHOULD_MEAN and len(shown) < _SHOWN:
                    shown.append(Meaning(field, value, "", count))
                continue
            status = None if step.status in set(Origin) - {Origin.CUSTOMER} else step.status
            origin = step.status if status is None else None
            known.append((field, value, step.kind, status, step.side, origin))
            if len(shown) < _SHOWN:
                told = step.status or (step.side if field != "activity" else None) or step.kind
                shown.append(Meaning(field, value, told, count))
        if known:
            lake.connection.executemany("INSERT INTO meanings VALUES (?, ?, ?, ?, ?, ?)", known)
    return shown


def _status(value: str) -> Step | None:
    found = meanings.status(value)
    return Step("status", found) if found else None


def _side(value: str) -> Step | None:
    found = meanings.side(value)
    return Step("step", None, found) if found else None


def _actor(value: str) -> Step | None:
    if meanings.customer(value):
        return Step("step", None, Side.CUSTOMER)
    return Step("step", None, Side.AUTOMATION) if meanings.machine(value) else None


def _channel(value: str) -> Step | None:
    found = meanings.origin(value)
    return Step("step", found) if found else None


LEARNT: Final[dict[str, Callable[[str], Step | None]]] = {
    "activity": meanings.step,
    "status": _status,
    "actor_kind": _side,
    "actor": _actor,
    "channel": _channel,
}
