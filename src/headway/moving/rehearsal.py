"""What an import would bring, before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from headway.moving.models import Item
from headway.moving.queries.standing import said_already
from headway.moving.records import KINDS, Comment, Person, Record, Trouble
from headway.moving.sources.port import Column
from headway.moving.staging import Staging

_SHOWN = 20
_KEYS = 5
_CHUNK = 5000
_UNCOUNTED = {"step", "figure", "member"}


def told(staging: Staging, system: str, columns: list[Column]) -> dict[str, Any]:
    """By kind how many there are and how many of them are known; the columns; what cannot be taken."""
    found = {name: staging.count(kind) for name, kind in KINDS.items() if name not in {"comment", *_UNCOUNTED}}
    agents = sum(person.agent for person in staging.all(Person))
    found |= {"agent": agents, "customer": found.pop("person") - agents}
    public = sum(comment.public for comment in staging.all(Comment))
    found |= {"message": public, "note": staging.count(Comment) - public}
    known = _known(staging, system)
    troubles = list(staging.troubles())
    return {
        "counts": {kind: {"source": number, "known": known[kind]} for kind, number in found.items()},
        "columns": [{"column": one.name, "field": one.field, "example": one.example[:100]} for one in columns],
        "problems": len(troubles),
        "reasons": reasons(troubles),
        "first_problems": [
            {"kind": one.kind, "key": one.key, "file": one.file, "place": one.place, "reason": one.reason}
            for one in troubles[:_SHOWN]
        ],
    }


def _known(staging: Staging, system: str) -> Counter[str]:
    """How many of each kind came here before."""
    found: Counter[str] = Counter()
    if not Item.objects.filter(system=system).exists():
        return found
    for name in KINDS.keys() - _UNCOUNTED:
        keys = ((_counted_as(name, one), one.key) for one in staging.all(KINDS[name]))
        while part := list(islice(keys, _CHUNK)):
            for kind in {kind for kind, _key in part}:
                mine = [key for own, key in part if own == kind]
                if kind in ("message", "note"):
                    found[kind] += len(said_already(system, mine))
                else:
                    found[kind] += Item.objects.filter(system=system, kind=kind, key__in=mine).count()
    return found


def _counted_as(name: str, record: Record) -> str:
    match record:
        case Person():
            return "agent" if record.agent else "customer"
        case Comment():
            return "message" if record.public else "note"
    return name


def reasons(troubles: Iterable[Trouble]) -> list[dict[str, Any]]:
    """Why, as a report says it of an import: what is lost first, then what happens most."""
    found: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for one in troubles:
        place = f"{one.file}, {one.place}" if one.place else one.file
        found[one.kind, one.reason, one.lost].append(one.key or place)
    ordered = sorted(found.items(), key=lambda one: (not one[0][2], -len(one[1]), one[0]))
    return [
        {"kind": kind, "reason": reason, "lost": lost, "count": len(keys), "keys": list(filter(None, keys[:_KEYS]))}
        for (kind, reason, lost), keys in ordered[:_SHOWN]
    ]
