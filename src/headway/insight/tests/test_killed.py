"""The filler is killed with SIGKILL wherever it is: afterwards the lake has every event, and each of them once."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.insight import places
from headway.insight.actions import committing, filling, rebuilding
from headway.insight.lake.engine import Lake, parquet
from headway.insight.models import LakePart, LakeState
from headway.insight.queries import lake as queries
from headway.simulator import load as samples
from headway.simulator.plan import Plan

SYSTEM = Actor.system()
KILLS = 12
_PATIENCE = 60.0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_filler_killed_again_and_again_takes_each_event_in_once(
    committed_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))
    samples.fill(Plan(end=now(), days=20, tickets_per_day=8, agents=5, seed=3))
    seed = int(os.environ.get("HEADWAY_TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    chance, hit = random.Random(seed), 0
    for number in range(KILLS):
        if not queries.extent().waiting:
            rebuilding.begin_anew("asked", actor=SYSTEM)
        _live_and_die(committed_db, tmp_path, chance, at_sight=number % 2 == 0)
        hit += bool(_uncounted())
    print(f"seed {seed} (HEADWAY_TEST_SEED): {hit} of {KILLS} kills fell between a file and its commit")
    assert hit, f"seed {seed}"
    while filling.fill(actor=SYSTEM, limit=500) == 500:
        pass
    # a filler that came to the end was begun anew: what lakes of before left in a place that others may use stays
    left = len(_uncounted_here())
    monkeypatch.setattr(committing, "_UNCOUNTED_SECONDS", 0.0)
    assert committing.sweep(actor=SYSTEM) == left
    assert (queries.missing(), _uncounted_here(), queries.extent().waiting) == ([], set(), 0)
    found = _rows()
    ids = [row[0] for row in found["events"]]
    assert len(ids) == len(set(ids)) > 1000, f"seed {seed}"
    # what an undisturbed filler makes of the same journal
    rebuilding.begin_anew("asked", actor=SYSTEM)
    filling.fill(actor=SYSTEM, limit=1_000_000)
    assert found == _rows(), f"seed {seed}"


def _live_and_die(url: str, folder: Path, chance: random.Random, *, at_sight: bool) -> None:
    """A filler lives until it has stored a file that counts not yet, or for some moments beyond its first file."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "HEADWAY_HOME": str(folder / "home"),
        "HEADWAY_LAKE": str(folder / "lake"),
    }
    before = {one.name for one in places.place().found()}
    filler = subprocess.Popen([sys.executable, "-m", "headway.insight.tests.filler"], env=environment)
    try:
        deadline = time.monotonic() + _PATIENCE
        while not ({one.name for one in places.place().found()} - before if not at_sight else _uncounted() - before):
            assert filler.poll() is None, "the filler ended by itself"
            if time.monotonic() > deadline or not queries.extent().waiting:
                break
            time.sleep(0.002)
        if not at_sight:
            time.sleep(chance.uniform(0, 0.6))
    finally:
        filler.kill()
        filler.wait()


def _uncounted() -> set[str]:
    """Files that lie there and count not, or not yet."""
    there = {one.name for one in places.place().found() if one.name.endswith(".parquet")}
    return there - set(LakePart.objects.values_list("name", flat=True))


def _uncounted_here() -> set[str]:
    """Those of the lake as it is now."""
    return {name for name in _uncounted() if name.startswith(f"{LakeState.objects.get(id=1).key}/")}


def _rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything the lake says: events and what was taken back, and of each ticket its last state."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with Lake(small=True) as lake:
        for table in ("events", "undone"):
            paths = [places.place().local(part.name, lake.folder) for part in queries.parts(table)]
            found[table] = lake.rows(f"SELECT * FROM {parquet(paths)} ORDER BY ALL") if paths else []
        paths = [places.place().local(part.name, lake.folder) for part in queries.parts("tickets")]
        found["tickets"] = lake.rows(
            f"SELECT * EXCLUDE (as_of) FROM {parquet(paths)} "
            "QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY as_of DESC) = 1 ORDER BY ticket_id"
        )
    return found
