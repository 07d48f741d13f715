"""What an audit says of rows made for a test."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from headway.insight import audit
from headway.insight.findings.features import Money
from headway.insight.lake.engine import Lake
from headway.insight.reading.port import Options, Read
from headway.insight.reading.settle import Told, settle
from headway.insight.reading.staged import Event, Person, Ticket
from headway.insight.reading.staging import Staging
from headway.insight.result import Result, Wanted

ZONE = "Europe/Berlin"  # its clocks change within these histories
CUSTOMERS = 300


def audited(events: Sequence[Event], tickets: Sequence[Ticket], tiers: Mapping[str, int]) -> Result | None:
    """None where no customer began any of the tickets."""
    with Lake(memory_mb=256, small=True) as lake:
        with Staging(lake) as staging:
            staging.add_all(events)
            staging.add_all(tickets)
            staging.add_all(Person(kind="team", id=name, tier=tier) for name, tier in tiers.items())
        settle(lake, 10_000)
        if not lake.one("SELECT count(*) FROM tickets WHERE origin = 'customer'")[0]:
            return None
        wanted = Wanted(money=Money(1000, None, "EUR"), reading=Options(zone=ZONE))
        read = Read(Path("made"), "made", "event", len(events))
        return audit.found(lake, [read], wanted, lambda _part, _done: None, Told(CUSTOMERS, "field"))
