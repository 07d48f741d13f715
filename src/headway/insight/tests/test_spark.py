"""Every statement of an audit gives on a Spark cluster what it gives in DuckDB."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from headway.foundation.errors import Invalid
from headway.insight import audit
from headway.insight.exported import as_json
from headway.insight.lake import choice
from headway.insight.result import Wanted
from headway.insight.tests import export
from headway.insight.tests.cluster import cluster
from headway.insight.tests.test_italian import LOG
from headway.insight.tests.told import Told, ToldSpark


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


def test_an_engine_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_LAKE_ENGINE", "abacus")
    with pytest.raises(Invalid, match="duckdb or spark://"):
        choice.open_lake(memory_mb=256, zone="UTC")


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="Spark is installed here")
def test_spark_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_LAKE_ENGINE", "spark://127.0.0.1:1")
    with pytest.raises(Invalid, match=r"requirements-spark\.lock"):
        choice.open_lake(memory_mb=256, zone="UTC")
