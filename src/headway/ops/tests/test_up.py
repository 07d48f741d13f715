"""`headway up`: the whole product, as a person starts and stops it."""

import os
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from headway.ops.supervisor import register
from headway.ops.tests.commands import headway
from headway.ops.tests.ports import free_port
from headway.ops.tests.running import running, until


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except OSError:
        return 0


@pytest.mark.long
def test_it_serves_and_goes_on_after_every_fall(home: Path) -> None:
    port, live_port = free_port(), free_port()
    command = [sys.executable, "-m", "headway", "up", "--port", str(port), "--live-port", str(live_port)]
    web, live = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{live_port}"
    with running(command, home) as up:
        up.wait_for(f"Headway is at {web}")
        assert _status(f"{web}/sign-in") == 200
        assert _status(f"{web}/health/ready") == 200
        assert _status(f"{live}/health/ready") == 200
        first = up.parts()
        assert set(first) == {"web", "live", "worker"}
        said = headway("doctor", home=home, HEADWAY_PORT=str(port), HEADWAY_LIVE_PORT=str(live_port)).stdout
        assert "✗" not in said
        assert "✓ web" in said
        assert "✓ live" in said
        # another command works on the same server meanwhile
        assert headway("backup", str(home / "all.backup"), home=home).returncode == 0
        for pid in [*first.values(), up.postmaster()]:
            os.kill(pid, signal.SIGKILL)
        until(lambda: _status(f"{web}/health/ready") == 200, lambda: up.log.read_text())
        until(lambda: _status(f"{live}/health/ready") == 200, lambda: up.log.read_text())
        until(lambda: len(set(up.parts().values()) - set(first.values())) == 3, lambda: up.log.read_text())
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(timeout=120) == 0
        assert up.everybody() == []
    assert register.running() == {}
