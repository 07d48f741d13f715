"""Every statement of an audit gives on a Spark cluster what it gives in DuckDB."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from headway.foundation.errors import Invalid
from headway.insight import audit, tasks
from headway.insight.actions import auditing
from headway.insight.exported import as_json
from headway.insight.lake import choice, spark
from headway.insight.lake.spark import Unreachable
from headway.insight.models import Audit
from headway.insight.queries.audits import question
from headway.insight.result import Wanted
from headway.insight.tests import export
from headway.insight.tests.cluster import cluster
from headway.insight.tests.test_italian import LOG
from headway.insight.tests.told import Told, ToldDesk, ToldDeskSpark, ToldSpark
from headway.people.models import Agent
from headway.simulator import load as samples
from headway.simulator.plan import Plan


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine takes its time to start an executor."""
    monkeypatch.setattr(spark, "_ROOM_SECONDS", 600.0)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert shutil.which("java"), "Spark needs Java. Debian: apt-get install openjdk-17-jre-headless"
    assert find_spec("pyspark"), "install requirements-spark.lock, as bin/test --long does"
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def _audited(paths: list[Path], lake: Told, patched: pytest.MonkeyPatch) -> tuple[dict[str, Any], Told]:
    patched.setattr(audit, "open_lake", lambda **_options: lake)
    return as_json(audit.run(paths, Wanted(hours="mon-fri 09:00-17:00"), lambda _part, _done: None)), lake


@pytest.mark.long
@pytest.mark.parametrize("history", ["made", "italian"])
def test_every_statement_gives_the_same_on_a_cluster(
    history: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if history == "italian" and not LOG.exists():
        pytest.skip(f"{LOG} is absent beside the checkout")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    path = export.write(tmp_path / "export.csv") if history == "made" else LOG
    expected, here = _audited([path], Told(), monkeypatch)
    found, there = _audited([path], ToldSpark(address, memory_mb=512), monkeypatch)
    assert len(here.sums) > 60
    assert [one[0] for one in there.sums] == [one[0] for one in here.sums]
    assert [one for one, other in zip(there.sums, here.sums, strict=True) if one != other] == []
    assert found == expected


@pytest.mark.long
def test_the_audit_of_the_desk_gives_the_same_on_a_cluster(
    address: str, committed_db: str, ada: Agent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setattr(settings.HEADWAY, "lake", str(tmp_path / "lake"))
    end = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    samples.fill(Plan(end=end, days=40, tickets_per_day=4, agents=4, seed=3, languages=("en", "de")))
    tasks.follow_journal()
    # by the job, with the engine that the environment names; both tell what each statement gave
    lakes: list[ToldDesk] = []
    results = []
    for engine, name, kind in (("duckdb", "Remembering", ToldDesk), (address, "RememberingSpark", ToldDeskSpark)):
        monkeypatch.setenv("HEADWAY_LAKE_ENGINE", engine)
        monkeypatch.setattr(choice, name, partial(_kept, lakes, kind))
        Audit.objects.all().delete()
        row = auditing.ask(question(ada, period="all"), actor=ada.actor)
        tasks.answer(row.pk)
        row.refresh_from_db()
        results.append((row.state, row.result))
    here, there = (lake.sums for lake in lakes)
    assert len(here) > 60
    assert [one[0] for one in there] == [one[0] for one in here]
    assert [one for one, other in zip(there, here, strict=True) if one != other] == []
    assert results[0] == results[1]
    assert results[0][0] == "done"


def _kept(lakes: list[ToldDesk], kind: type[ToldDesk], **given: Any) -> ToldDesk:
    lakes.append(kind(**given))
    return lakes[-1]


@pytest.mark.usefixtures("db")
def test_an_audit_of_the_desk_whose_engine_cannot_be_used_says_why(ada: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_LAKE_ENGINE", "abacus")
    row = auditing.ask(question(ada), actor=ada.actor)
    with pytest.raises(Unreachable):
        tasks.answer(row.pk)
    row.refresh_from_db()
    assert (row.state, "duckdb or spark" in row.says) == ("failed", True)  # not: that there is nothing to count


def test_an_engine_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_LAKE_ENGINE", "abacus")
    with pytest.raises(Invalid, match="duckdb or spark://"):
        choice.open_lake(memory_mb=256, zone="UTC")


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="Spark is installed here")
def test_spark_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_LAKE_ENGINE", "spark://127.0.0.1:1")
    with pytest.raises(Invalid, match=r"requirements-spark\.lock"):
        choice.open_lake(memory_mb=256, zone="UTC")
