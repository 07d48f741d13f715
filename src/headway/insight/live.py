"""The audit of this workspace: the kept lake opened, and the same findings as from files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.insight import audit
from headway.insight.findings.catalogue import FINDINGS
from headway.insight.findings.features import Money
from headway.insight.lake import deriving, schema
from headway.insight.lake.choice import open_remembering
from headway.insight.lake.deriving import Within
from headway.insight.queries import asking
from headway.insight.queries.opening import load, said
from headway.insight.questions import openings
from headway.insight.reading.port import Options, Progress, Read
from headway.insight.reading.staging import Staging
from headway.insight.result import Result, Wanted
from headway.insight.rules.narrowing import Narrowing
from headway.sla.rules.calendars import Calendar

READING: Final = "Reading"
_TABLES: Final = 1 + deriving.TABLES  # reading, and each table
# of a whole run: these, what customers wrote by the hundred, and each finding
STEPS: Final = _TABLES + openings.PORTIONS + len(FINDINGS) + 1


def step(part: str, done: int) -> int:
    """How far a run is, of `STEPS`."""
    if part == openings.PART:
        return _TABLES + openings.portions(done)
    before = {READING: 0, deriving.PART: 1}
    return min(before.get(part, _TABLES + openings.PORTIONS) + done, STEPS)


def run(
    narrowing: Narrowing,
    *,
    languages: Sequence[str],
    money: Money,
    zone: str,
    opened: Calendar | None,
    names: bool,
    progress: Progress,
) -> dict[str, Result]:
    """Opens the lake, counts, and tells what was found in each language.

    Raises Invalid when there is nothing to count, and Unreachable when the engine cannot be used.
    """
    wanted = Wanted(
        reading=Options(zone=zone),
        money=money,
        within=Within(narrowing.since_ms, narrowing.until_ms),
        names=names,
        threads=settings.HEADWAY.lake_threads,
    )
    memory, threads = settings.HEADWAY.lake_memory, settings.HEADWAY.lake_threads
    with open_remembering(memory_mb=memory, zone=zone, threads=threads) as lake:
        progress(READING, 1)
        if not load(lake, narrowing):
            raise Invalid(_("There is no ticket of a customer in this period."))
        asking.tell(lake, narrowing)
        Staging(lake)  # the tables of what could not be read of a file, empty
        (events,) = lake.one("SELECT count(*) FROM events")
        lake.hand_over(*schema.TABLES, "problems", "excluded")
        read = Read(Path("lake"), "Headway", "event", int(events))
        ground = audit.prepared(lake, [read], wanted, progress, opened=opened, desk=True, said=said)
        lake.remember()
        results = {}
        for language in languages:
            with translation.override(language):
                results[language] = audit.told(ground, wanted, progress)
        return results
