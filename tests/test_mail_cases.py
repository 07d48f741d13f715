"""Every case of mail that must have a test has one."""

import ast
from pathlib import Path

import pytest

from tests.mail_cases import CHANNEL, READING

ROOT = Path(__file__).resolve().parents[1]
CASES = READING | CHANNEL


@pytest.mark.parametrize("case", list(CASES))
def test_the_case_has_its_test(case: str) -> None:
    file, name = CASES[case]
    tree = ast.parse((ROOT / file).read_text())
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
