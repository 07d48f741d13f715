"""The rules of the house: sizes, names, where things stand."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "headway"
LARGEST = 400
TYPICAL = 65
NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src/*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


def test_files_stay_small_enough_to_read_whole() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _files()}
    assert {str(path.relative_to(ROOT)): size for path, size in sizes.items() if size > LARGEST} == {}
    ordered = sorted(size for path, size in sizes.items() if "tests" not in path.parts)
    assert ordered[len(ordered) // 2] <= TYPICAL
    assert ordered[int(len(ordered) * 0.95)] <= 250


def test_no_file_is_called_utils() -> None:
    assert [str(path) for path in _files() if path.stem in NAMES or path.parent.name in NAMES] == []


def test_everything_public_says_what_it_promises() -> None:
    silent = []
    for path in _files():
        if "/migrations/" in str(path) or "/tests/" in str(path) or path.name == "apps.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(f"{path.relative_to(ROOT)}: module")
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []


def test_no_signals_of_our_own() -> None:
    used = [str(path) for path in _files() if re.search(r"django\.(db\.models|dispatch).*signal", path.read_text())]
    assert used == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = re.compile(r"datetime\.now\(|datetime\.utcnow\(|timezone\.now\(|date\.today\(")
    found = [
        str(path.relative_to(ROOT))
        for path in _files()
        if path != SOURCE / "foundation" / "clock.py" and asking.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_views_go_through_the_door() -> None:
    """No view or API operation picks rows of the store itself."""
    around = re.compile(r"\b(Ticket|Message|Note|Customer)\.objects\b")
    found = [
        str(path.relative_to(ROOT))
        for path in _files()
        if "web" in path.relative_to(SOURCE).parts[:1]
        and "tests" not in path.parts
        and around.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("word", ["/work/", "/root/", "registry.npmjs", "pypi.org", "deb.debian"])
def test_no_machine_and_no_registry_is_named(word: str) -> None:
    found = subprocess.run(
        ["git", "grep", "-lIF", word, "--", ".", ":!tests/architecture"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    assert found == []
