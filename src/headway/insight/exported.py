"""A result as one JSON object. docs/reference/json/audit.md is made from this and from the findings' figures."""

from typing import Any

from headway.insight.findings.finding import Found, Off, Spec
from headway.insight.findings.move import Move
from headway.insight.findings.table import Table
from headway.insight.result import Result, moment


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
        "out_of_order": {
            "count": result.trust.disordered,
            "first": [
                {"file": file, "line": line, "reason": reason}
                for file, line, reason, _row in result.trust.shown_disordered
            ],
        },
        "excluded": [{"what": what, "count": count} for what, count in result.trust.excluded],
        "assumed_silent_days": result.trust.silent_days,
        "category_from": result.trust.category_from,
        "category_share": result.trust.clustered,
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
        "assumes": move.assumes,
        "hours_low": move.hours_low,
        "hours_high": move.hours_high,
        "fte_low": move.fte_low,
        "fte_high": move.fte_high,
        "share_low": move.share_low,
        "share_high": move.share_high,
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
