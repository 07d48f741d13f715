"""The command line as a newcomer meets it: help that reads well, mistakes in one sentence, never a traceback."""

from pathlib import Path

import pytest

import headway as package
from headway.ops.tests.commands import headway

CARE = ["demo", "up", "audit", "backup", "restore", "release", "upgrade", "doctor", "web", "live", "worker", "migrate"]


def test_help_names_every_command_and_where_to_begin(tmp_path: Path) -> None:
    said = headway("--help", home=tmp_path).stdout
    assert "headway demo" in said
    assert [name for name in CARE if f" {name} " not in said] == []


@pytest.mark.parametrize("name", CARE)
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    done = headway(name, "--help", home=tmp_path)
    assert done.returncode == 0
    assert f"Usage: headway {name}" in done.stdout
    assert list(tmp_path.iterdir()) == []  # asking for help makes nothing


def test_its_version(tmp_path: Path) -> None:
    assert headway("--version", home=tmp_path).stdout.strip() == package.__version__


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["up"], {"HEADWAY_PORT": "many"}, "HEADWAY_PORT must be a whole number"),
        (["doctor"], {"HEADWAY_MAIL": "pigeon"}, "HEADWAY_MAIL must be"),
        (["migrate"], {"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL must look like postgresql://"),
        (["restore", "nothing.backup"], {}, "There is no file"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    arguments: list[str], variables: dict[str, str], says: str, tmp_path: Path
) -> None:
    done = headway(*arguments, home=tmp_path, **variables)
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_command_that_does_not_exist(tmp_path: Path) -> None:
    done = headway("bakcup", home=tmp_path)
    assert done.returncode == 2
    assert "backup" in done.stderr  # did you mean


def test_an_export_is_brought_in_by_a_command_of_its_own(tmp_path: Path, committed_db: str) -> None:
    ticket = '{"id": 1, "created_at": "2026-03-02T09:00:00Z", "subject": "Refund", "status": "open"}'
    (tmp_path / "tickets.json").write_text(f'{{"tickets": [{ticket}]}}')
    done = headway("import", "zendesk", str(tmp_path / "tickets.json"), home=tmp_path, url=committed_db)
    assert "Whole: everything the source holds is here or reported." in done.stdout, done.stderr
