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
    os.execv(sys.executable, [sys.executable, "-m", "headway.ops.supervisor", plan.to_json()])  # noqa: S606
