"""`headway docs`: writes the reference pages that are made from the code, so that they cannot drift from it."""

from collections.abc import Callable
from pathlib import Path

import typer

from headway.cli.workspace import settings_only

NOTE = "<!-- Made by `headway docs`. Change the code, not this page. -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """Every generated page: its path under docs/, and what makes its text. Needs Django set up."""
    from headway.cli.docs import audit, commands, environment, events, metrics, permissions, pipeline, settings
    from headway.web.api import reference

    return {
        "reference/environment.md": environment.page,
        "reference/settings.md": settings.page,
        "reference/events.md": events.page,
        "reference/pipeline.md": pipeline.page,
        "reference/permissions.md": permissions.page,
        "reference/metrics.md": metrics.page,
        "reference/event-lake.md": audit.lake,
        "reference/audit-mapping.md": audit.mapping,
        "reference/json/audit.md": audit.exported,
        "reference/commands.md": commands.page,
        "reference/api.md": reference.markdown,
    }


def docs(
    folder: Path = typer.Argument(Path("docs"), help="The docs folder of a checkout."),
    check: bool = typer.Option(False, "--check", help="Write nothing; fail when a page is out of date."),
) -> None:
    """Write the reference pages from the code."""
    settings_only()
    import django

    django.setup()
    stale = []
    for name, make in pages().items():
        path, text = folder / name, NOTE + make().strip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        typer.echo(f"Out of date: {', '.join(stale)}. Run `bin/headway docs`.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(stale)} of {len(pages())} pages written." if not check else "All pages are current.")


def row(*cells: str) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
