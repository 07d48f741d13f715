"""`headway backup` and `headway restore`."""

from pathlib import Path
from typing import Annotated

import typer

from headway.cli.progress import bars
from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

File = Annotated[Path, typer.Argument(help="The backup's file.", show_default=False)]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help="The master key the backup was made with. It becomes this installation's.",
        show_default=False,
    ),
]


def backup(file: File, as_json: AsJson = False) -> None:
    """Write everything into one encrypted file: the database and all attachments, as they are now.

    People go on working meanwhile. The file cannot be read without the master key, which is not in it.
    """
    from headway.ops.backup import making

    with workspace(current=False) as address, bars(as_json) as progress:
        made = making.make(file.absolute(), address.url, progress)
    lines = [
        f"Backed up to {made.file}: {made.files} files and the database, {_size(made.bytes)}.",
        f"Keep the master key too, in another place: {made.master_key}. Without it nobody can read this backup.",
    ]
    if made.missing:
        lines.append(f"{len(made.missing)} files that the database names are missing in the store: {made.missing[0]} …")
    report(made.as_json(), lines, as_json)


def restore(
    file: File,
    key_file: KeyFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the workspace that is here.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only read the whole backup and check it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back, on this machine or another.

    The restored workspace is held: nothing is sent or fetched until you have looked and run `headway release`.
    """
    from headway.ops.backup import master, reading

    path = file.absolute()
    found_key = master.find(reading.header(path), key_file)
    if check:
        with bars(as_json) as progress:
            whole = reading.inspect(path, master=found_key, progress=progress)
        text = f"{file} is whole: {whole.files} files and the database, of {whole.made_at}, by Headway {whole.version}."
        report(whole.as_json(), [text], as_json)
        return
    with master.in_force(found_key), workspace(current=False) as address, bars(as_json) as progress:
        from headway.ops.backup import restoring

        restored = restoring.restore(path, address.url, master=found_key, replace=replace, progress=progress)
    master.adopt(found_key)
    lines = [
        f"Restored {restored.files} files and the database, as they were on {restored.made_at}.",
        "The workspace is held: nothing is sent or fetched. Look at it (headway up), then run: headway release",
    ]
    report(restored.as_json(), lines, as_json)


def _size(count: int) -> str:
    """Bytes for people."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
