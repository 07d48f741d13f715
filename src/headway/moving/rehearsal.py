"""What an import would bring, before anything is written."""

from collections import Counter
from typing import Any

from headway.moving.models import Item
from headway.moving.records import KINDS, Comment, Person
from headway.moving.sources.port import Column
from headway.moving.staging import Staging

_SHOWN = 20


def told(staging: Staging, system: str, columns: list[Column]) -> dict[str, Any]:
    """By kind how many there are and how many of them are known; the columns; what cannot be taken."""
    found = {
        name: staging.count(kind) for name, kind in KINDS.items() if name not in ("comment", "step", "figure", "member")
    }
    agents = sum(person.agent for person in staging.all(Person))
    found |= {"agent": agents, "customer": found.pop("person") - agents}
    public = sum(comment.public for comment in staging.all(Comment))
    found |= {"message": public, "note": staging.count(Comment) - public}
    known = Counter(Item.objects.filter(system=system).values_list("kind", flat=True))
    troubles = list(staging.troubles())
    return {
        "counts": {kind: {"source": number, "known": min(known[kind], number)} for kind, number in found.items()},
        "columns": [{"column": one.name, "field": one.field, "example": one.example[:100]} for one in columns],
        "problems": len(troubles),
        "first_problems": [
            {"kind": one.kind, "key": one.key, "file": one.file, "place": one.place, "reason": one.reason}
            for one in troubles[:_SHOWN]
        ],
    }
