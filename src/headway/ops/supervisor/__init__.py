"""The small process that keeps the others running: database, web, live, worker."""

import os
import sys
from typing import NoReturn

from headway.ops.supervisor.plan import Part, Plan, standard

__all__ = ["Part", "Plan", "become", "standard"]


def become(plan: Plan) -> NoReturn:
    """Replaces this process by the supervisor, so that nothing of the command line stays in memory."""
    sys.stdout.flush()
    sys.stderr.flush()
    # through a pipe: a command line is for everybody on the machine to read, and the welcome may carry demo passwords
    reading, writing = os.pipe()
    os.write(writing, plan.to_json().encode())
    os.close(writing)
    os.set_inheritable(reading, True)
    os.execv(sys.executable, [sys.executable, "-m", "headway.ops.supervisor", f"fd:{reading}"])  # noqa: S606
