"""`headway lake …`: what the audit of this workspace reads, kept beside the database and made from its journal."""

from typing import Any

import typer

from headway.cli.progress import counting
from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

app = typer.Typer(help="The event lake that the audit reads.", no_args_is_help=True)


@app.command("status")
def status(as_json: AsJson = False) -> None:
    """Say how large the lake is and how far it reaches."""
    with workspace():
        told = _told()
    report(told, _lines(told), as_json)


@app.command("rebuild")
def rebuild(as_json: AsJson = False) -> None:
    """Throw the lake away and make it anew from the journal. Everything else goes on meanwhile."""
    with workspace(), counting(as_json) as show:
        from headway.events.actor import Actor
        from headway.insight.actions import filling, rebuilding
        from headway.insight.queries.lake import extent

        rebuilding.begin_anew("asked", actor=Actor.system())
        whole, read = extent().waiting, 0
        while some := filling.fill(actor=Actor.system()):
            read += some
            show("entries", min(read, whole), whole)
        told = _told()
    report(told, _lines(told), as_json)


def _told() -> dict[str, Any]:
    from headway.insight.queries import lake

    found = lake.extent()
    return {
        "files": found.parts,
        "rows": found.rows,
        "bytes": found.size,
        "through": found.through_at.isoformat() if found.through_at else None,
        "waiting": found.waiting,
    }


def _lines(told: dict[str, Any]) -> list[str]:
    reaches = f"It reaches to {told['through']}." if told["through"] else "It has not reached the journal's end yet."
    behind = f" {told['waiting']:,} entries of the journal wait." if told["waiting"] else ""
    return [f"{told['rows']:,} rows in {told['files']:,} files, {told['bytes']:,} bytes.", reaches + behind]
