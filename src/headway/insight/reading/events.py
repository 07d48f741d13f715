"""A table with a row for each event."""

from collections.abc import Mapping
from pathlib import Path

from headway.insight.reading import order, problems, times
from headway.insight.reading.port import Options
from headway.insight.reading.staging import Staging


def write(path: Path, places: Mapping[str, str], options: Options, staging: Staging) -> None:
    """Stages the events of `raw`, and what they say of their tickets."""
    lake = staging.lake
    at = times.way_of(lake, "raw", places["at"], options.zone).sql(places["at"])
    _begun_only(path, places, staging)
    problems.keep(lake, path, f"{_missing(places['ticket'])}", "no ticket is named")
    problems.keep(lake, path, f"NOT ({_missing(places['ticket'])}) AND {at} IS NULL", "the time cannot be read")
    problems.numbers(lake, path, places, f"NOT ({_missing(places['ticket'])}) AND {at} IS NOT NULL")
    _find_customers(places, staging)
    (last,) = lake.one("SELECT coalesce(max(row), 0) FROM raw")
    first = staging.numbers(last + 1)
    lake.run(_insert(places, at, first, constant=_constant(places, staging)))
    order.of_table(lake, path, first)
    lake.run(_tickets(places, at))


def text_or_null(places: Mapping[str, str], field: str) -> str:
    """The text of a field, NULL when it is empty or the table lacks it."""
    return f"nullif(trim({places[field]}), '')" if field in places else "CAST(NULL AS VARCHAR)"


def active_ms(places: Mapping[str, str]) -> str:
    """The recorded time of work in milliseconds."""
    for field, factor in (("active_minutes", 60_000), ("active_seconds", 1000)):
        if field in places:
            number = problems.number_of(places[field])
            return f"CASE WHEN {number} BETWEEN 0 AND {problems.MOST} THEN CAST({number} * {factor} AS BIGINT) END"
    return "CAST(NULL AS BIGINT)"


def joined(places: Mapping[str, str], field: str, alias: str) -> str:
    """The join to what the values of a field mean; to nothing when the table lacks the field."""
    value = f"lower(trim({places[field]}))" if field in places else "NULL"
    return f" LEFT JOIN meanings AS {alias} ON {alias}.field = '{field}' AND {alias}.value = {value}"


def _insert(places: Mapping[str, str], at: str, first: int, *, constant: bool) -> str:
    """One statement for all. Who acts: by the activity, the role, the name; else an agent.

    Rows keep their order by their number, counted from `first`: to sort millions of them would cost more than the rest.
    """
    text, actor = (text_or_null(places, field) for field in ("text", "actor"))
    last = f"row_number() OVER (PARTITION BY {places['ticket']} ORDER BY {at} DESC, row DESC) = 1"
    status = f"CASE WHEN {last} THEN s.status END" if constant else "s.status"
    side = (
        f"coalesce(a.side, r.side, p.side, CASE WHEN {actor} IS NULL THEN "
        f"CASE WHEN a.kind = 'created' THEN 'customer' ELSE 'system' END "
        f"WHEN o.actor IS NOT NULL THEN 'customer' ELSE 'agent' END)"
    )
    public = text_or_null(places, "public")
    private = f"(lower({public}) IN ('false', '0', 'no', 'private', 'internal'))" if "public" in places else "false"
    said = (
        f"CASE WHEN {text} IS NULL OR a.kind IN ('created', 'received', 'replied', 'note') THEN "
        f"coalesce(a.kind, 'step') "
        f"WHEN {side} = 'customer' THEN 'received' WHEN {private} THEN 'note' ELSE 'replied' END"
    )
    return (
        "INSERT INTO staged_events (row, ticket, at_ms, kind, activity, status, actor_kind, actor, assignee, team, "
        "length, active_ms, courtesy, subject, text) "
        f"SELECT {first} + row, trim({places['ticket']}), {at}, {said}, {text_or_null(places, 'activity')}, "
        f"coalesce(a.status, {status}), {side}, {actor}, {text_or_null(places, 'assignee')}, "
        f"{text_or_null(places, 'team')}, length({text}), {active_ms(places)}, 0, {text_or_null(places, 'subject')}, "
        f"{text} FROM raw"
        + joined(places, "activity", "a")
        + joined(places, "status", "s")
        + joined(places, "actor_kind", "r")
        + joined(places, "actor", "p")
        + f" LEFT JOIN own_actors AS o ON o.actor = {actor}"
        + f" WHERE NOT ({_missing(places['ticket'])}) AND {at} IS NOT NULL"
    )


def _tickets(places: Mapping[str, str], at: str) -> str:
    """What holds for a whole ticket: its first row that says so, and any word like spam."""
    first = ", ".join(
        f"arg_min({text_or_null(places, field)}, row) FILTER (WHERE {text_or_null(places, field)} IS NOT NULL)"
        for field in ("channel", "category", "tag", "priority", "customer")
    )
    return (
        "INSERT INTO staged_tickets (ticket, origin, channel, category, tag, priority, customer) "
        f"SELECT trim({places['ticket']}), max(coalesce(s.origin, c.origin)), {first} FROM raw"
        + joined(places, "status", "s")
        + joined(places, "channel", "c")
        + f" WHERE NOT ({_missing(places['ticket'])}) AND {at} IS NOT NULL GROUP BY 1 ORDER BY min(row)"
    )


def _find_customers(places: Mapping[str, str], staging: Staging) -> None:
    """Who acts on tickets of their own and of nobody else is a customer: `own_actors(actor)`.

    The same name in both columns is not enough: where names were replaced, "Value 1" stands in each.
    """
    actor, customer = (text_or_null(places, field) for field in ("actor", "customer"))
    staging.lake.run(
        f"CREATE OR REPLACE TABLE own_actors AS SELECT {actor} AS actor FROM raw WHERE {actor} IS NOT NULL "
        f"GROUP BY 1 HAVING bool_and(coalesce({actor} = {customer}, false))"
    )


def _constant(places: Mapping[str, str], staging: Staging) -> bool:
    """Whether the status is the same in all rows of each ticket: then it is what became of it, not what happened."""
    if "status" not in places:
        return False
    (changing,) = staging.lake.one(
        f"SELECT count(*) FROM (SELECT 1 FROM raw GROUP BY {places['ticket']} "
        f"HAVING count(DISTINCT {places['status']}) > 1 LIMIT 1)"
    )
    return not changing


def _begun_only(path: Path, places: Mapping[str, str], staging: Staging) -> None:
    """Event logs may mark the begin and the end of each activity; where both stand there, the ends are counted."""
    if "lifecycle" not in places:
        return
    ends = f"lower({places['lifecycle']}) = 'complete'"
    (complete,) = staging.lake.one(f"SELECT count(*) FROM raw WHERE {ends}")
    (others,) = staging.lake.one(f"SELECT count(*) FROM raw WHERE NOT coalesce({ends}, true)")
    if complete and others:
        staging.lake.run(
            "INSERT INTO excluded (file, reason, count) VALUES (?, 'marks of a begun activity', ?)", [path.name, others]
        )
        staging.lake.run(f"DELETE FROM raw WHERE NOT coalesce({ends}, true)")


def _missing(column: str) -> str:
    return f"coalesce(trim({column}), '') = ''"
