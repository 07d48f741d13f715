"""A result as one JSON object. docs/reference/json/audit.md is made from this and from the findings' figures."""

from typing import Any, Final

from headway.insight.audit import Result, moment
from headway.insight.findings.finding import Found, Off, Spec, Table
from headway.insight.findings.moves import Move

# What stands beside the findings, with what it means.
TOP: Final = {
    "tickets": "integer: tickets read",
    "counted": "integer: tickets of the population, which all findings are about",
    "events": "integer: events read",
    "period": "object: first and last moment of the counted tickets' events, `from` and `to`, ISO 8601 in UTC",
    "read": "array: one object a file: `file`, `kind`, `layout` (`ticket` or `event`: what a row is), `rows`, and "
    "`columns`, the field each column was taken for",
    "problems": "object: `count` rows that could not be read or not whole, and the `first` 20 of them",
    "excluded": "array: what was read and is not counted: `what` and `count`",
    "assumed_silent_days": "integer or null: days of silence after which an answered ticket was taken as "
    "solved, because "
    "the source never solves any",
    "agreement": "array: how often the source's own figure and ours are within a minute: `metric`, `share`, `tickets`",
    "verdict": "object: `verdict` (`understaffed`, `preventable` or `cannot_tell`), `says`, `why`, `not_to_do`, and "
    "`moves`, the three to begin with, each with `hours_low` and `hours_high` a month and the same as "
    "`fte_low`, `fte_high`",
}
# What every finding has; one that is off has `title` and `off` alone.
FINDING: Final = {
    "title": "string: what it is called",
    "says": "string: the finding in a sentence",
    "figures": "object: the figures below. Shares are 0 to 1, durations milliseconds, money in the currency entered",
    "sample": "integer: tickets it stands on",
    "certainty": "string: `measured`, `estimated` or `assumed`",
    "do": "string: what to do about it",
    "metrics": "array of strings: the definitions it uses, in docs/reference/metrics.md",
    "tickets": "array of strings: source ids to check by hand",
    "notes": "array of strings: what limits it",
    "tables": "object: the rows behind it, each an array of objects",
    "off": "string: what the source lacks for it",
}


def as_json(result: Result) -> dict[str, Any]:
    """Everything the result holds."""
    front = result.front
    return {
        "tickets": result.tickets,
        "counted": result.counted,
        "events": result.events,
        "period": {"from": moment(result.period_ms[0]), "to": moment(result.period_ms[1])},
        "read": [
            {
                "file": read.path.name,
                "kind": read.reader,
                "layout": read.layout,
                "rows": read.rows,
                "columns": {column.column: column.field for column in read.columns},
            }
            for read in result.trust.reads
        ],
        "problems": {
            "count": result.trust.problems,
            "first": [
                {"file": file, "line": line, "reason": reason}
                for file, line, reason, _row in result.trust.shown_problems
            ],
        },
        "excluded": [{"what": what, "count": count} for what, count in result.trust.excluded],
        "assumed_silent_days": result.trust.silent_days,
        "agreement": [{"metric": name, "share": part, "tickets": n} for name, part, n in front.agreement],
        "verdict": {
            "verdict": front.verdict,
            "says": front.headline,
            "why": front.why,
            "not_to_do": front.not_to_do,
            "moves": [_move(move) for move in front.moves],
        },
        **{key: _finding(spec, found) for key, (spec, found) in result.findings.items()},
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "finding": move.finding,
        "title": move.title,
        "says": move.says,
        "first": move.first,
        "effort": move.effort,
        "risk": move.risk,
        "hours_low": move.hours_low,
        "hours_high": move.hours_high,
        "fte_low": move.fte_low,
        "fte_high": move.fte_high,
        "tickets": list(move.tickets),
    }


def _finding(spec: Spec, found: Found | Off) -> dict[str, Any]:
    if isinstance(found, Off):
        return {"title": spec.title, "off": found.why}
    return {
        "title": spec.title,
        "says": found.says,
        "figures": dict(found.figures),
        "sample": found.sample,
        "certainty": found.certainty,
        "do": found.do,
        "metrics": list(spec.metrics),
        "tickets": list(found.tickets),
        "notes": list(found.notes),
        "tables": {table.key: _rows(table) for table in found.tables},
    }


def _rows(table: Table) -> list[dict[str, Any]]:
    return [{column.key: value for column, value in zip(table.columns, row, strict=True)} for row in table.rows]
