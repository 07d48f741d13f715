"""How Zendesk's tickets stand to each other: incidents of a problem, follow-ups, and what was merged into what."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from headway.moving.records import Bond
from headway.moving.sources.bonds import bond
from headway.moving.sources.times import moment
from headway.moving.sources.values import ident


def of_ticket(given: Mapping[str, Any]) -> Iterator[Bond]:
    """What a ticket says of others: whose incident it is, what it goes on from, what went on from it."""
    key, at = str(given["id"]), moment(given["created_at"])
    if problem := ident(given.get("problem_id")):
        yield bond(key, problem, "incident", at)
    origin = (given.get("via") or {}).get("source") or {}
    if origin.get("rel") == "follow_up" and (earlier := ident((origin.get("from") or {}).get("ticket_id"))):
        yield bond(key, earlier, "follow_up", at)
    for later in given.get("followup_ids") or ():
        yield bond(str(later), key, "follow_up", at)


def merged(comment: Mapping[str, Any], of: str, at: datetime) -> Iterator[Bond]:
    """The tickets that a comment tells were merged into the ticket `of`."""
    via = comment.get("via")
    origin = (via.get("source") or {}) if isinstance(via, Mapping) else {}
    if origin.get("rel") != "merge":
        return
    told = origin.get("from") or {}
    for other in told.get("ticket_ids") or [told.get("ticket_id")]:
        if ident(other) not in ("", of):
            yield bond(str(other), of, "related", at)
