"""Running the `headway` command in tests, as a person would."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def headway(
    *arguments: str, home: Path, url: str | None = None, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Runs the command on the data folder `home`, and on the database at `url` or else the embedded one."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("HEADWAY_", "DATABASE_URL"))}
    env = ours | {"HEADWAY_HOME": str(home), "COLUMNS": "120"} | ({"DATABASE_URL": url} if url else {}) | variables
    command = [sys.executable, "-m", "headway", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=300)


def reported(*arguments: str, home: Path, url: str | None = None, **variables: str) -> dict[str, Any]:
    """What the command reports with --json. It must succeed."""
    done = headway(*arguments, "--json", home=home, url=url, **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def evaluated(script: str, *, home: Path) -> Any:
    """Runs `script` with Django on the installation in `home`; returns what it leaves in `answer`, through JSON."""
    done = headway(
        "manage", "shell", "--no-imports", "-c", f"import json\n{script}\nprint(json.dumps(answer))", home=home
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
