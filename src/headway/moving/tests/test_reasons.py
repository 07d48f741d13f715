"""Why something did not come: on the page, in the API and as a file, with the numbers behind each reason."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from headway.moving import lying
from headway.moving.actions import attached, definitions
from headway.moving.models import Problem, Run
from headway.moving.queries import reasons, standing
from headway.moving.sources.zammad import attributes
from headway.moving.tests import export
from headway.moving.tests.test_uploads import PAGE
from headway.moving.tests.test_zendesk import bring
from headway.people.models import Agent
from headway.web.api.tests.program import Program
from headway.web.desk.settings.import_reasons import why

pytestmark = pytest.mark.usefixtures("db")
UNFIT = definitions.UNFIT


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """One with a ticket that was deleted, and many whose field holds what does not fit it."""
    made = bring(export.written(tmp_path / "export"))
    Problem.objects.bulk_create(
        Problem(run=made, kind="ticket", key=f"9{n:03}", reason=UNFIT, detail="=Plan", lost=False) for n in range(120)
    )
    return made


def test_the_page_says_why_what_helps_and_which(client: Client, ada: Agent, run: Run) -> None:
    client.force_login(ada)
    page = client.get(f"{PAGE}/{run.pk}").content.decode()
    gone, _mark, short = page.partition("Here, but not whole")
    for words in ("Not here", "It was deleted in Zendesk.", "restore it there", "The file is not in the export."):
        assert words in gone
    assert "does not fit the field’s kind" in short
    assert "9000, 9001, 9002, 9003, 9004, …" in short
    one = client.get(f"{PAGE}/{run.pk}/problems", {"kind": "ticket", "reason": "deleted in Zendesk"}).content.decode()
    assert "Tickets: It was deleted in Zendesk." in one
    assert "tickets.json" in one
    assert "The next ones" not in one
    many = client.get(f"{PAGE}/{run.pk}/problems", {"kind": "ticket", "reason": UNFIT}).content.decode()
    assert many.count("=Plan") == 50
    assert "The next ones" in many
    assert "Nothing is missing" in client.get(f"{PAGE}/{run.pk}/problems", {"kind": "x\0"}).content.decode()
    assert client.get(f"{PAGE}/{run.pk}/problems", {"cursor": "x"}).status_code == 422


def test_all_of_it_as_a_file(client: Client, ada: Agent, run: Run) -> None:
    client.force_login(ada)
    answer = client.get(f"{PAGE}/{run.pk}/problems.csv", {"reason": UNFIT})
    text = b"".join(answer).decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 120
    assert rows[0] == {
        "kind": "ticket", "key": "9000", "file": "", "place": "0", "reason": UNFIT, "detail": "'=Plan", "lost": "False",
    }  # fmt: skip


def test_a_program_reads_all_of_it(ada: Agent, run: Run) -> None:
    program, path = Program(ada), f"/imports/{run.pk}/problems"
    told = program.get(f"/imports/{run.pk}").body
    assert sum(one["count"] for one in told["reasons"]) == told["problems"]
    assert {"kind": "ticket", "reason": "deleted in Zendesk", "lost": True, "count": 1, "keys": ["3"]} in told[
        "reasons"
    ]
    found, answer = 0, program.get(f"{path}?limit=100")
    while True:
        found += len(answer.body["items"])
        if answer.body["next"] is None:
            break
        answer = program.get(f"{path}?limit=100&cursor={answer.body['next']}")
    assert found == told["problems"]
    (one,) = program.get(f"{path}?kind=ticket&reason=deleted in Zendesk").body["items"]
    assert (one["key"], one["file"], one["lost"]) == ("3", "tickets.json", True)


def test_a_page_of_them_is_one_query(run: Run, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):  # the rows
        assert len(reasons.listed(run, kind="ticket", reason=UNFIT).rows) == 50
    with django_assert_num_queries(1):  # grouped by the database
        assert reasons.reasons_of(run)[0].lost


def told() -> Iterator[str]:
    """What the code says."""
    yield from lying._WHY.values()
    yield from (lying._ABSENT, attached._LEFT, attached._ALONE, UNFIT, attributes._NO_RIGHT, attributes._OFF)
    yield from (standing.REMOVED, standing._MOVED, standing._ERASED, standing._WORKED)
    yield from ("deleted in Zendesk", "marked as spam in Freshdesk", "removed in Zammad", "came without: set_tags")
    yield from (
        "cannot be read: created_at is missing",
        "the file breaks off or is no JSON",
        f"of its ticket: {UNFIT}",
    )


@pytest.mark.parametrize("reason", list(told()))
def test_every_reason_is_a_sentence_with_what_helps(reason: str) -> None:
    sentence, helps = why(reason)
    assert helps
    assert "%(" not in sentence


def test_what_is_not_known_stands_as_it_is() -> None:
    assert why("the sky fell") == ("The sky fell.", "")
