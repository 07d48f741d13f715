"""What the lake of this database holds, how far it reaches, and what lies beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Sum

from headway.events import reader
from headway.insight.models import LakePart, LakeState
from headway.insight.places import Place, place

READER = "lake"


@dataclass(frozen=True, slots=True)
class Extent:
    """The lake as it stands. `through_at` None: it has not reached the journal's end yet. `waiting`: entries beyond."""

    parts: int
    rows: int
    size: int
    through_at: datetime | None
    waiting: int


def state() -> LakeState | None:
    """The lake's row; None before the first run."""
    return LakeState.objects.filter(id=1).first()


def parts(table: str = "") -> Sequence[LakePart]:
    """The files that count, in order."""
    found = LakePart.objects.filter(table=table) if table else LakePart.objects.all()
    return list(found.order_by("table", "month", "pk"))


def extent() -> Extent:
    """How large it is and how far behind."""
    told = LakePart.objects.aggregate(Count("pk"), Sum("rows"), Sum("size"))
    known = state()
    return Extent(
        parts=told["pk__count"],
        rows=told["rows__sum"] or 0,
        size=told["size__sum"] or 0,
        through_at=known.through_at if known else None,
        waiting=_waiting(),
    )


def has_lost_its_place() -> bool:
    """Whether the lake has files and no position: the journal came from another cluster, or from a backup."""
    return reader.position(READER) is None and LakeState.objects.exists()


def missing(where: Place | None = None) -> list[str]:
    """Files that count and are not there."""
    there = {one.name for one in (where or place()).found()}
    return [name for name in LakePart.objects.order_by("pk").values_list("name", flat=True) if name not in there]


def has_lost_files() -> bool:
    """Whether files that count are gone for good: twice the same, so that it is none that comes or goes just now."""
    return bool(set(missing()) & set(missing()))


def strangers(where: Place | None = None) -> dict[str, int]:
    """Lakes of other databases, or of this one before a restore, that lie in the same place: their bytes by key."""
    known = state()
    found: dict[str, int] = {}
    for one in (where or place()).found():
        key = one.name.partition("/")[0]
        if known is None or key != known.key:
            found[key] = found.get(key, 0) + one.size
    return found


def _waiting() -> int:
    """Entries behind the lake's position."""
    tx, entry_id = reader.position(READER) or (0, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_entry WHERE (tx, id) > (%s::text::xid8, %s)", [tx, entry_id])
        return int(cursor.fetchone()[0])
