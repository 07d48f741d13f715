"""Setting up: what bin/setup says when the libraries cannot be had, in words that say what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What stands in for Python makes an environment of nothing, and for uv says the words given and fails.
PYTHON = """#!/bin/sh
[ "$2" != venv ] || { mkdir -p .venv/bin && printf '#!/bin/sh\\n' >.venv/bin/python && chmod +x .venv/bin/python; }
"""
UV = """#!/bin/sh
cat "${0%/*}/words" >&2
exit 2
"""
BROKEN = "WARNING: Retrying after connection broken by 'NewConnectionError'\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of which only the setting up is there."""
    for folder in ("bin", "src", "programs"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "bin/setup", tmp_path / "bin/setup")
    (tmp_path / "requirements.lock").write_text("django==5.2\n")
    for name, text in (("python3", PYTHON), ("uv", UV)):
        (tmp_path / "programs" / name).write_text(text)
        (tmp_path / "programs" / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (BROKEN + "ERROR: No matching distribution found for django==5.2\n", "could not be reached"),
        ("error: Failed to fetch\n  Caused by: dns error: failed to look up\n", "could not be reached"),
        ("  Caused by: invalid peer certificate: UnknownIssuer\n", "certificate is not trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n" + BROKEN, "its hash differs"),
        ("OSError: [Errno 28] No space left on device\n", "The disk is full"),
        # it went on after the connection broke, and failed for a reason that none of the above names
        (BROKEN + "compiling…\n" * 9 + "error: proxytype.h: no such file\n", "proxytype.h: no such file"),
    ],
)  # fmt: skip
def test_a_failure_says_what_to_do(words: str, said: str, checkout: Path) -> None:
    (checkout / "programs/words").write_text(words)
    path = f"{checkout / 'programs'}:{os.environ['PATH']}"
    done = subprocess.run(
        [checkout / "bin/setup"], env={"PATH": path}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Set up." not in done.stderr
    # what was left in the middle is not taken for whole: the next run begins anew
    assert (checkout / ".venv/.begun").exists()
    assert not (checkout / ".venv/.lock").exists()
