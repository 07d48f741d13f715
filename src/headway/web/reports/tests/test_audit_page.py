"""The report stands on its own, escapes what it is given, and shows the figures of the result."""

import re
from html import unescape

import pytest

from headway.insight.audit import run
from headway.insight.findings.features import Money
from headway.insight.findings.finding import Found
from headway.insight.findings.values import written
from headway.insight.result import Result, Wanted
from headway.insight.tests import export
from headway.web.reports.audit import page

NASTY = "<script>alert(1)</script>\" onload='x'"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = export.write(tmp_path_factory.mktemp("history") / "history.csv", category=NASTY)
    return run([path], Wanted(money=Money(3000, 40, "EUR"), hours="mon-fri 09:00-17:00"), lambda _part, _done: None)


@pytest.fixture(scope="module")
def html(result: Result) -> str:
    return page(result)


def test_it_loads_and_runs_nothing(html: str) -> None:
    assert re.findall(r"<script|<link|<img|<iframe|@import|url\((?!#head\))", html) == []
    assert re.findall(r"https?://", html) == []


def test_what_a_source_says_is_text(html: str) -> None:
    assert NASTY not in html
    assert NASTY in unescape(html)
    assert not re.search(r"<[^>]* onload=", html)


def test_every_row_of_every_table_is_there(result: Result, html: str) -> None:
    cells = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html)]
    expected = [
        written(value, column.unit, "EUR")
        for _spec, found in result.findings.values()
        if isinstance(found, Found)
        for table in found.tables
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
    ]
    titles = [
        column.title
        for _spec, found in result.findings.values()
        if isinstance(found, Found)
        for table in found.tables
        if table.rows
        for column in table.columns
    ]
    assert sorted(cells) == sorted(expected + titles)


def test_drawings_are_said_in_words(html: str) -> None:
    drawings = re.findall(r"<svg role=\"img\".*?</svg>", html, re.DOTALL)
    assert len(drawings) > 5
    assert [one for one in drawings if "<title>" not in one or "<desc>" not in one] == []


def test_a_narrow_screen_reads_the_map_as_words(html: str) -> None:
    drawn = re.search(r'<svg role="img"[^>]* class="chart map".*?</svg>', html, re.DOTALL)
    told = re.search(r'<ol class="places">.*?</ol>', html, re.DOTALL)
    assert drawn
    assert told
    labels = re.findall(r"<text[^>]*>([\d,]+× · [^<]+)</text>", drawn[0])
    assert sorted(labels) == sorted(re.findall(r'class="figure">([^<]+)<', told[0]))


def test_names_are_masked(html: str) -> None:
    assert not re.search(r"\b(Sam|Ada|Mo)\b", html)
    assert "Agent 1" in html
