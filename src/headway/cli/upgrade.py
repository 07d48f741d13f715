"""`headway upgrade`."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

OldPrograms = Annotated[
    Path | None,
    typer.Option(
        "--old-programs",
        help="Folder of the PostgreSQL that wrote the data (with bin/postgres), where it is not kept beside it.",
        show_default=False,
    ),
]


def upgrade(old_programs: OldPrograms = None, as_json: AsJson = False) -> None:
    """Bring the data to this version: its tables, and the embedded PostgreSQL's own format.

    Run it after every update. Interrupted, it can be run again; the old data stays until the new is complete.
    """
    done: dict[str, Any] = {"postgres_from": None, "postgres_to": None, "migrations": 0, "kept": []}
    if not os.environ.get("DATABASE_URL"):
        done |= _embedded(old_programs)
    if done["postgres_from"] is None:
        with workspace(current=False):
            from headway.ops.serving import migrate

            done["migrations"] = len(migrate.migrate())
            migrate.recognise_move()
    lines = [f"The data is at this version ({done['migrations']} migrations applied)."]
    if done["postgres_from"]:
        lines.insert(0, f"Moved from PostgreSQL {done['postgres_from']} to {done['postgres_to']}.")
    lines += [f"The old data is kept in {place}: delete it when all is well." for place in done["kept"]]
    report(done, lines, as_json)


def _embedded(old_programs: Path | None) -> dict[str, Any]:
    """Moves the embedded server's data where its major version is older; finishes a move that was interrupted."""
    from headway.ops.embedded import binaries
    from headway.ops.embedded.attach import folder
    from headway.ops.upgrade import clusters, moving

    place, major = folder(), binaries.shipped().major
    before = clusters.older(place, major)
    if before is None or (place / str(major)).exists():
        return {"kept": clusters.set_aside(place, major)}
    applied = moving.move(place, clusters.programs_of(place, before, old_programs))
    kept = clusters.set_aside(place, major)
    return {"postgres_from": before, "postgres_to": major, "migrations": applied, "kept": kept}
