"""Messages that only thank: by the rule the desk itself goes by, so that a file and the desk count alike."""

from typing import Final

from headway.insight.lake.engine import Lake
from headway.tickets.rules.thanks import LONGEST, only_thanks

_BATCH: Final = 10_000


def find(lake: Lake) -> None:
    """Makes `only_thanks(text)` of what customers wrote in the staged events."""
    asked = lake.connection.execute(
        f"SELECT DISTINCT text FROM staged_events WHERE kind = 'received' AND length(text) <= {LONGEST}"
    )
    found: list[str] = []
    while batch := asked.fetchmany(_BATCH):
        found += [text for (text,) in batch if only_thanks(text)]
    lake.run("CREATE OR REPLACE TEMP TABLE only_thanks AS SELECT unnest(CAST(? AS VARCHAR[])) AS text", [found])
