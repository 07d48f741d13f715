"""A table with a row for each ticket: its few known moments become its events."""

from collections.abc import Mapping
from pathlib import Path

from headway.insight.reading import order, problems, times
from headway.insight.reading.events import active_ms, joined, text_or_null
from headway.insight.reading.port import Options
from headway.insight.reading.staging import Staging

# The order in which moments of the same time happened.
_MOMENTS = ("created_at", "first_reply_at", "solved_at", "closed_at")


def write(path: Path, places: Mapping[str, str], options: Options, staging: Staging) -> None:
    """Stages the tickets of `raw`. A ticket that comes again is reported; its last row counts."""
    lake = staging.lake
    at = {
        field: times.way_of(lake, "raw", places[field], options.zone).sql(places[field])
        for field in _MOMENTS
        if field in places
    }
    ticket = f"coalesce(trim({places['ticket']}), '')"
    problems.keep(lake, path, f"{ticket} = ''", "no ticket is named")
    problems.keep(lake, path, f"{ticket} <> '' AND {at['created_at']} IS NULL", "the time cannot be read")
    for field, moment in list(at.items()):
        if field != "created_at":
            unread = f"trim({places[field]}) <> '' AND {moment} IS NULL AND {at['created_at']} IS NOT NULL"
            problems.keep(lake, path, unread, f"{field} cannot be read; the rest of the row counts")
            before = f"{moment} < {at['created_at']}"
            problems.keep(lake, path, before, f"{order.BEGINS}{field} is before created_at; the rest of the row counts")
            at[field] = f"CASE WHEN {moment} >= {at['created_at']} THEN {moment} END"
    if "solved_at" in at and "closed_at" in at:
        backwards = f"({at['closed_at']}) < ({at['solved_at']})"
        problems.keep(lake, path, backwards, f"{order.BEGINS}closed_at is before solved_at; both count at their times")
    problems.numbers(lake, path, places, f"{ticket} <> '' AND {at['created_at']} IS NOT NULL")
    later = f"row < (SELECT max(row) FROM raw AS other WHERE other.{places['ticket']} = raw.{places['ticket']})"
    (repeated,) = lake.one(f"SELECT count(*) - count(DISTINCT {places['ticket']}) FROM raw WHERE {ticket} <> ''")
    if repeated:
        problems.keep(lake, path, f"{ticket} <> '' AND {later}", "the ticket comes again; the later row counts")
    kept = f"{ticket} <> '' AND {at['created_at']} IS NOT NULL" + (f" AND NOT ({later})" if repeated else "")
    lake.run(_events(places, at, kept))
    lake.run(_tickets(places, at, kept))


def _events(places: Mapping[str, str], at: Mapping[str, str], kept: str) -> str:
    text, subject, actor = (text_or_null(places, field) for field in ("text", "subject", "actor"))
    ticket, customer, team = (text_or_null(places, field) for field in ("ticket", "customer", "team"))
    parts = [
        (
            f"SELECT row, 0 AS place, {ticket} AS ticket, {at['created_at']} AS at_ms, 'created' AS kind, 'created' "
            f"AS activity, "
            f"'open' AS status, 'customer' AS side, {customer} AS actor, {team} AS team, length({text}) AS length, "
            f"CAST(NULL AS BIGINT) AS active, {subject} AS subject, {text} AS text FROM raw WHERE {kept}"
        )
    ]
    for place, (field, kind, activity, status, side) in enumerate(
        (
            ("first_reply_at", "replied", "first reply", "NULL", "agent"),
            ("solved_at", "status", "solved", "'solved'", "agent"),
            ("closed_at", "status", "closed", "'closed'", "system"),
        ),
        start=1,
    ):
        if field not in at:
            continue
        who = f"CASE WHEN {actor} IS NULL OR '{side}' = 'system' THEN 'system' ELSE coalesce(p.side, 'agent') END"
        active = active_ms(places) if field == "solved_at" else "CAST(NULL AS BIGINT)"
        parts.append(
            f"SELECT row, {place}, {ticket}, {at[field]}, '{kind}', '{activity}', {status}, {who}, "
            f"CASE WHEN '{side}' = 'system' THEN NULL ELSE {actor} END, "
            f"CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT), {active}, CAST(NULL AS VARCHAR), CAST(NULL AS "
            f"VARCHAR) FROM raw" + joined(places, "actor", "p") + f" WHERE {kept} AND {at[field]} IS NOT NULL"
        )
    return (
        "INSERT INTO staged_events (ticket, at_ms, kind, activity, status, actor_kind, actor, team, length, active_ms, "
        "courtesy, subject, text) SELECT ticket, at_ms, kind, activity, status, side, actor, team, length, active, 0, "
        f"subject, text FROM ({' UNION ALL '.join(parts)}) ORDER BY row, place"
    )


def _tickets(places: Mapping[str, str], at: Mapping[str, str], kept: str) -> str:
    channel, category, tag, priority, customer = (
        text_or_null(places, field) for field in ("channel", "category", "tag", "priority", "customer")
    )
    created = at["created_at"]
    reply = f"{at['first_reply_at']} - {created}" if "first_reply_at" in at else "CAST(NULL AS BIGINT)"
    reopens = "CAST(NULL AS BIGINT)"
    if "reopens" in places:
        reopens = (
            f"CASE WHEN TRY_CAST({places['reopens']} AS BIGINT) >= 0 THEN TRY_CAST({places['reopens']} AS BIGINT) END"
        )
    return (
        "INSERT INTO staged_tickets (ticket, origin, channel, category, tag, priority, customer, source_reply_ms, "
        "source_reopens) "
        f"SELECT {text_or_null(places, 'ticket')}, coalesce(s.origin, c.origin), {channel}, {category}, {tag}, "
        f"{priority}, "
        f"{customer}, {reply}, {reopens} FROM raw"
        + joined(places, "status", "s")
        + joined(places, "channel", "c")
        + f" WHERE {kept} ORDER BY row"
    )
