"""A result as it is kept in the database, and back: what was found is shown again without being counted again."""

from pathlib import Path
from typing import Any

import msgspec

from headway.insight.findings.catalogue import SPECS
from headway.insight.findings.features import Money
from headway.insight.findings.finding import Found, Off, Spec
from headway.insight.findings.front import Front
from headway.insight.reading.port import Read
from headway.insight.result import Result, Trust


def keep(result: Result) -> dict[str, Any]:
    """The result as JSON holds it."""
    kept: dict[str, Any] = {
        "tickets": result.tickets,
        "counted": result.counted,
        "events": result.events,
        "period_ms": list(result.period_ms),
        "excluded": [list(one) for one in result.trust.excluded],
        "front": msgspec.to_builtins(result.front),
        "money": msgspec.to_builtins(result.money),
        "zone": result.zone,
        "findings": {
            key: {"off": found.why} if isinstance(found, Off) else msgspec.to_builtins(found)
            for key, (_spec, found) in result.findings.items()
        },
    }
    return kept


def revive(kept: dict[str, Any]) -> Result:
    """The result that was kept. Findings this version does not know are left out."""
    findings: dict[str, tuple[Spec, Found | Off]] = {}
    for spec in SPECS:
        if (found := kept["findings"].get(spec.key)) is not None:
            told: Found | Off = Off(found["off"]) if "off" in found else msgspec.convert(found, Found)
            findings[spec.key] = (spec, told)
    read = Read(Path("lake"), "Headway", "event", kept["events"])
    excluded = tuple((str(what), int(count)) for what, count in kept["excluded"])
    first, last = kept["period_ms"]
    return Result(
        tickets=kept["tickets"],
        counted=kept["counted"],
        events=kept["events"],
        period_ms=(first, last),
        trust=Trust((read,), 0, (), excluded, None),
        front=msgspec.convert(kept["front"], Front),
        findings=findings,
        money=msgspec.convert(kept["money"], Money),
        zone=kept["zone"],
    )
