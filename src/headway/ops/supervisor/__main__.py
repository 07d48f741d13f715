"""`python -m headway.ops.supervisor PLAN`: the process that `headway up` becomes."""

import os
import sys

from headway.foundation import environment
from headway.foundation.errors import HeadwayError
from headway.ops.supervisor.console import Console
from headway.ops.supervisor.loop import Supervisor
from headway.ops.supervisor.plan import Plan


def main(plan: str) -> int:
    """Runs the plan, given as JSON or as the open descriptor it is read from (`fd:3`), and returns the exit code."""
    if plan.startswith("fd:"):
        with os.fdopen(int(plan.removeprefix("fd:")), encoding="utf-8") as pipe:
            plan = pipe.read()
    try:
        env = environment.read()
        return Supervisor(Plan.from_json(plan), env, Console(as_json=env.log_format == "json")).run()
    except HeadwayError as error:
        print(error.message, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
