"""`headway import report`: what came, what could not, and how our figures compare with the old system's."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

Problems = Annotated[
    Path | None, typer.Option("--problems", help="Write what could not be taken to this CSV.", show_default=False)
]
_NAMES: Final = {
    "team": "teams",
    "agent": "agents",
    "organisation": "organisations",
    "customer": "customers",
    "brand": "brands",
    "link": "links between tickets",
    "field": "custom fields",
    "ticket": "tickets",
    "message": "messages",
    "note": "notes",
    "file": "files",
    "macro": "macros",
    "view": "views",
    "rule": "rules (kept to be read)",
    "export": "files of the export",
}
_REASONS: Final = 15
_METRICS: Final = {"first_response": "First response", "resolution": "Resolution", "reopens": "Reopens"}


def show(problems: Problems = None, as_json: AsJson = False) -> None:
    """Say of each system's last import whether it is whole: its source's count is what is here and what is reported.

    Ends with 1 when something is neither here nor reported.
    """
    with workspace():
        from headway.moving.queries import runs

        found = runs.latest_of_each()
        told = [runs.report_of(run) for run in found]
        for run in found if problems is not None else ():
            assert problems is not None
            write_problems(run, problems)
    text = [line for one in told for line in (f"{one['system']}, {one['started_at'][:16]}", *lines(one), "")]
    report({"imports": told}, text or ["Nothing was imported yet."], as_json)
    if not all(one["whole"] for one in told):
        raise typer.Exit(1)


def rehearsed(told: dict[str, Any]) -> list[str]:
    """A dry run for people."""
    found = [
        f"{counts['source']:>9,} {_NAMES.get(kind, kind)}"
        + (f", {counts['known']:,} of them known" * bool(counts["known"]))
        for kind, counts in told["counts"].items()
        if counts["source"]
    ]
    width = max((len(one["column"]) for one in told["columns"]), default=0)
    found += [
        f"  {one['column']:<{width}}  →  {one['field'] or '(not read)':<15} {one['example'][:60]}"
        for one in told["columns"]
    ]
    if told["problems"]:
        found.append(f"{told['problems']:,} cannot be taken:")
        found += [f"  {_place(one)}: {one['reason']}" for one in told["first_problems"]]
    return [*found, "Nothing was written."]


def lines(told: dict[str, Any]) -> list[str]:
    """A report for people."""
    found = [f"{'':24}{'source':>10}{'new':>10}{'changed':>10}{'as before':>10}{'reported':>10}{'missing':>10}"]
    for kind, counts in told["counts"].items():
        cells = [counts.get(name, 0) for name in ("source", "new", "changed", "same", "reported", "missing")]
        found.append(f"{_NAMES.get(kind, kind):24}" + "".join(f"{number:>10,}" for number in cells))
    if told["whole"]:
        found.append("Whole: everything the source holds is here or reported.")
    elif told["error"]:
        found.append(f"It did not end: {told['error']} Run it again; it goes on where it stopped.")
    else:
        found.append("Not whole: something is neither here nor reported. Run it again.")
    if told["problems"]:
        found.append(f"{told['lost']:,} could not be taken, {told['problems'] - told['lost']:,} came not whole:")
        for one in told["reasons"][:_REASONS]:
            more = ", …" * (one["count"] > len(one["keys"]))
            found.append(f"  {one['count']:>9,} {one['kind']}: {one['reason']} ({', '.join(one['keys'])}{more})")
        if told["problems"] > sum(len(one["keys"]) for one in told["reasons"][:_REASONS]):
            found.append("  --problems FILE keeps them all.")
    found += [
        f"{_METRICS[one['metric']]}: {one['agree']:,} of {one['compared']:,} agree with the source's own."
        for one in told["differences"]
    ]
    if told["rules"]:
        found.append(f"{len(told['rules']):,} rules are kept to be read (--json shows them). None of them runs here:")
        found += [f"  {one['kind']}: {one['name']}" for one in told["rules"][:20]]
    return found


def write_problems(run: Any, path: Path) -> None:
    """Everything that could not be taken, a line each."""
    from headway.foundation import sheets
    from headway.moving.queries import reasons

    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(sheets.as_csv(reasons.COLUMNS, (row.cells for row in reasons.every(run))))


def _place(one: dict[str, Any]) -> str:
    where = f"({one['file']}, {one['place']})" if one["file"] else ""
    return " ".join(filter(None, (one["kind"], one["key"], where)))
