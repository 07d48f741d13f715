"""How a command tells what it did: sentences for people, or one JSON object with `--json`."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Report as one JSON object.")]


def report(data: dict[str, Any], lines: Sequence[str], as_json: bool) -> None:
    """Prints `data` as JSON or else `lines`, on standard output."""
    if as_json:
        typer.echo(json.dumps(data, ensure_ascii=False))
    else:
        for line in lines:
            typer.echo(line)
