"""`python -m headway.ops.serving NAME`: one process of the product, without the command line's libraries."""

import os
import sys
from contextlib import nullcontext
from importlib import import_module

from headway.foundation.errors import HeadwayError
from headway.ops.address import database

NAMES = ("web", "live", "worker", "listen", "migrate", "check", "newcomer")


def main(name: str) -> int:
    """Runs the process to its end; returns its exit code."""
    if name not in NAMES:
        raise SystemExit(f"There is no process {name!r}: choose from {', '.join(NAMES)}.")
    os.environ["HEADWAY_PROCESS"] = name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headway.config.settings")
    try:
        # under a supervisor the first of them has looked at the database for all
        looked_at = name not in {"migrate", "check"} and "HEADWAY_SUPERVISED" in os.environ
        with nullcontext() if looked_at else database():
            import_module(f"headway.ops.serving.{name}").run()
    except HeadwayError as error:
        print(error.message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
