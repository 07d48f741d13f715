"""The audit of this workspace: the kept lake opened, and the same findings as from files."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.insight import audit
from headway.insight.findings.catalogue import FINDINGS
from headway.insight.findings.features import Money
from headway.insight.lake.deriving import Within
from headway.insight.lake.engine import Lake
from headway.insight.queries.opening import load
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.result import Result, Wanted
from headway.insight.rules.narrowing import Narrowing
from headway.sla.rules.calendars import Calendar

READING: Final = "Reading"
# of a whole run: reading, deriving, and each finding
STEPS: Final = len(FINDINGS) + 2


def run(
    narrowing: Narrowing, *, money: Money, zone: str, opened: Calendar | None, names: bool, progress: Progress
) -> Result:
    """Opens the lake and finds. Raises Invalid when there is nothing to count."""
    wanted = Wanted(
        reading=Options(zone=zone),
        money=money,
        within=Within(narrowing.since_ms, narrowing.until_ms),
        names=names,
    )
    with Lake(memory_mb=settings.HEADWAY.lake_memory, zone=zone, threads=settings.HEADWAY.lake_threads) as lake:
        progress(READING, 1)
        if not load(lake, narrowing):
            raise Invalid(_("There is no ticket of a customer in this period."))
        Staging(lake)  # the tables of what could not be read of a file, empty
        (events,) = lake.one("SELECT count(*) FROM events")
        read = Read(Path("lake"), "Headway", "event", int(events))
        return audit.found(lake, [read], wanted, progress, opened=opened, desk=True)
