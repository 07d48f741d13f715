"""`bin/bench`: what Headway costs, in processor time and in ratios to plain SQL."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console()


@app.command()
def requests(
    tickets: Annotated[int, typer.Option(help="How many tickets to load, with six messages each.")] = 100_000,
    folder: Annotated[Path | None, typer.Option(help="Keep the loaded data here and use it again.")] = None,
    times: Annotated[int, typer.Option(help="Requests a round; the median of five rounds counts.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Processor time of list, ticket, search and create, beside plain SQL on the same connection."""
    from bench import requests as measured
    from bench.ground import installation
    from bench.load import fill

    with installation(folder) as url:
        from headway.tickets.models import Ticket

        if not Ticket.objects.exists():
            seconds = fill(url, tickets, say=not as_json)
            console.print(f"Loaded {tickets:,} tickets in {seconds:.0f} s") if not as_json else None
        lines = measured.run(times)
    if as_json:
        print(json.dumps([{"name": line.name, "ours": line.ours.both, "plain": line.plain.both} for line in lines]))
        return
    table = Table(title=f"Processor milliseconds a request, {tickets:,} tickets")
    for column in ("request", "web", "database", "together", "aim", "plain SQL", "ratio"):
        table.add_column(column, justify="left" if column == "request" else "right")
    for line in lines:
        table.add_row(
            line.name,
            f"{line.ours.ours:.2f}",
            f"{line.ours.database:.2f}",
            f"{line.ours.both:.2f}",
            f"≤ {measured.BUDGET[line.name]:.0f}",
            f"{line.plain.both:.2f}",
            f"{line.ratio:.1f}",
        )
    console.print(table)


@app.command()
def browser(
    tickets: Annotated[int, typer.Option(help="How many tickets to load, with six messages each.")] = 100_000,
    folder: Annotated[Path | None, typer.Option(help="Keep the loaded data here and use it again.")] = None,
    rounds: Annotated[int, typer.Option(help="How often each key is pressed.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """What somebody waits for in a real Chromium: first paint, every key, the page's weight, what others do."""
    from bench import browser as measured
    from bench.ground import installation
    from bench.load import fill

    # the browser's driver keeps an event loop in this thread; our own queries here are synchronous
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with installation(folder) as url:
        from headway.tickets.models import Ticket

        if not Ticket.objects.exists():
            seconds = fill(url, tickets, say=not as_json)
            console.print(f"Loaded {tickets:,} tickets in {seconds:.0f} s") if not as_json else None
        before = os.getloadavg()[0]
        lines = measured.run(url, rounds)
        busy = f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} processors"
    if as_json:
        print(json.dumps([{"name": line.name, "median": line.median, "p95": line.slowest} for line in lines]))
        return
    table = Table(title=f"In Chromium, {tickets:,} tickets; {busy}")
    for column in ("what", "times", "median", "95th percentile", "aim"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for line in lines:
        figures = (f"{line.median:.0f} {line.unit}", f"{line.slowest:.0f} {line.unit}", f"≤ {line.aim:.0f}")
        table.add_row(line.name, str(len(line.values)), *figures)
    console.print(table)


@app.command()
def lists(
    tickets: Annotated[int, typer.Option(help="How many tickets to load, with six messages each.")] = 100_000,
    folder: Annotated[Path | None, typer.Option(help="Keep the loaded data here and use it again.")] = None,
    times: Annotated[int, typer.Option(help="Lists a round; the median of three rounds counts.")] = 20,
) -> None:
    """Processor time of a list of 50 in every sorting and narrowing, beside plain SQL on the same connection."""
    from bench import lists as measured
    from bench.ground import installation
    from bench.load import fill

    with installation(folder) as url:
        from headway.tickets.models import Ticket

        if not Ticket.objects.exists():
            fill(url, tickets)
        rows, plain = measured.run(times)
    table = Table(title=f"Processor milliseconds a list, aim ≤ {measured.BUDGET:.0f}; plain SQL {plain.both:.2f}")
    table.add_column("list")
    for order in rows[0].costs:
        table.add_column(order, justify="right")
    for row in rows:
        table.add_row(row.name, *(f"{cost.both:.2f} ({cost.both / plain.both:.1f})" for cost in row.costs.values()))
    console.print(table)


@app.command()
def audit(
    events: Annotated[int, typer.Option(help="How many events the made history has, six a ticket.")] = 10_000_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """The full audit of a Parquet file, beside its statements run by hand in DuckDB, plus reading."""
    from bench.audit import run

    figures = run(events)
    if as_json:
        print(json.dumps(figures))
        return
    table = Table(title=f"The audit of {figures['events']:,} events")
    for column in ("what", "seconds", "of processors", "µs of processors an event", "memory"):
        table.add_column(column, justify="left" if column == "what" else "right")
    ours, plain = figures["ours"], figures["plain"]
    for what, told, part in (
        ("our reading", ours, "reading_"),
        ("our whole audit", ours, ""),
        ("reading by hand", plain, "reading_"),
        ("its statements by hand", plain, ""),
    ):
        processors = told[f"{part}processor_seconds"]
        each = f"{processors / figures['events'] * 1e6:.1f}"
        memory = "" if part else f"{told['megabytes']:.0f} MB"
        table.add_row(what, f"{told[f'{part}seconds']:.1f}", f"{processors:.1f}", each, memory)
    console.print(table)
    console.print(
        f"{figures['ratio']:.2f} times the clock and {figures['processor_ratio']:.2f} times the processors of reading "
        "and statements by hand (aim ≤ 1.5); memory aim ≤ 3,072 MB"
    )


@app.command("import")
def moving(
    tickets: Annotated[int, typer.Option(help="How many tickets the made export has, two or three comments each.")] = (
        10_000
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Tickets a second through `headway import`, whole and once more, beside the same rows copied in as they are."""
    from bench.moving import run

    figures = run(tickets)
    if as_json:
        print(json.dumps(figures))
        return
    first, again, plain = figures["first"], figures["again"], figures["plain"]
    console.print(
        f"{tickets:,} tickets, {figures['comments']:,} comments: {first['wall_seconds']:.1f} s by the clock, "
        f"{first['processor_seconds']:.1f} s of processors ({first['database_seconds']:.1f} s the database's): "
        f"{tickets / first['wall_seconds']:.0f} a second, {figures['a_second_a_core']:.0f} a second a core (aim ≥ 300)"
    )
    console.print(
        f"The same export again: {again['wall_seconds']:.1f} s. The same rows by COPY: {plain['wall_seconds']:.1f} s, "
        f"{plain['processor_seconds']:.1f} s of processors; {figures['ratio']:.1f} times that"
    )


@app.command("audit-command")
def audit_command(
    events: Annotated[int, typer.Option(help="How many events the made history has, six a ticket.")] = 10_000_000,
    kind: Annotated[list[str] | None, typer.Option(help="parquet or csv; without it both.")] = None,
) -> None:
    """`headway audit` itself, on Parquet and CSV: seconds, memory and disk."""
    from bench.audited import run

    for done in run(events, kind or ["parquet", "csv"]):
        console.print(
            f"{done.kind}: {done.events:,} events in {done.clock:.1f} s by the clock, {done.processors:.1f} s of "
            f"processors, {done.memory:.0f} MB of memory (aim ≤ 3,072), {done.disk:.0f} MB of disk"
        )


@app.command("audit-texts")
def audit_texts(
    tickets: Annotated[int, typer.Option(help="How many tickets the made export has, five rows each.")] = 50_000,
    seed: Annotated[int, typer.Option(help="Another export for another number.")] = 7,
) -> None:
    """`headway audit` on an export with what customers and the team wrote, from file to report."""
    from bench.texts import run

    before, done = os.getloadavg()[0], run(tickets, seed)
    console.print(
        f"{tickets:,} tickets with texts, {done.events:,} rows: {done.clock:.1f} s by the clock (aim < 60 on two quiet "
        f"processors), {done.processors:.1f} s of processors, {done.memory:.0f} MB of memory, {done.disk:.0f} MB of "
        f"disk; load {before:.1f} before, {os.getloadavg()[0]:.1f} after, on {os.cpu_count()} processors"
    )


@app.command()
def lake(
    tickets: Annotated[
        int, typer.Option(help="How many tickets the simulated desk has, a dozen entries each.")
    ] = 12_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Entries of the journal a second into the event lake."""
    from bench.lake import run

    figures = run(tickets)
    if as_json:
        print(json.dumps(figures))
        return
    console.print(
        f"{figures['entries']:,} entries in {figures['clock_seconds']:.1f} s by the clock, "
        f"{figures['processor_seconds']:.1f} s of processors and {figures['database_seconds']:.1f} s the database's: "
        f"{figures['a_second']:,.0f} a second, {figures['a_second_a_core']:,.0f} a second a core (aim ≥ 50,000); "
        f"{figures['rows']:,} rows in {figures['files']} files"
    )


@app.command("mail-import")
def mail_import(
    mails: Annotated[int, typer.Option(help="How many mails to import.")] = 3000,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Mails a second of processor time through `headway import mail`, into tickets with their journal."""
    from bench.mail import run

    figures = run(mails)
    console.print_json(json.dumps(figures)) if as_json else console.print(
        f"{figures['mails']:,} mails in {figures['processor_seconds']:.1f} s of processor time (database included): "
        f"{figures['a_second_a_core']:.0f} a second a core (aim ≥ 150); {figures['wall_seconds']:.1f} s by the clock"
    )


@app.command("mail-corpus")
def mail_corpus(
    folder: Annotated[list[Path] | None, typer.Option(help="One more corpus; may be given several times.")] = None,
    only: Annotated[bool, typer.Option(help="Only the folders given, not those beside the checkout.")] = False,
    wrong: Annotated[bool, typer.Option(help="List what is not as expected.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Every file of the mail corpora through the real channel, beside what another reader finds in it.

    kept: the bytes are in the store as they came. text: a message has text where the standard library finds some.
    subject, sender, attachments: as the standard library reads them. reports, recipients, kinds: as recorded in the
    tests, else as the delivery status says, else the address stands in the mail. quotes: as recorded in the tests,
    else that something new is shown that does not end in quoted lines.
    """
    from bench import corpus

    rows = corpus.run([*folder] if only and folder else corpus.folders(folder or []))
    if as_json:
        print(json.dumps(rows))
        return
    table = Table(title="Mail corpora through the channel: right / counted")
    for column in ("corpus", "files", "mails", "replies", "other", *rows[0]["scores"]):
        table.add_column(column, justify="left" if column == "corpus" else "right")
    for row in rows:
        scores = [f"{score['right']}/{score['of']}" if score["of"] else "–" for score in row["scores"].values()]
        counts = [str(row[name]) for name in ("files", "mails", "replies", "other")]
        table.add_row(row["corpus"], *counts, *scores)
    console.print(table)
    for row in rows:
        console.print(f"{row['corpus']}: {row['states']}; quarantined: {row['quarantined'] or 'none'}")
        for name, score in row["scores"].items() if wrong else ():
            for line in score["wrong"]:
                console.print(f"  {name}: {line}", markup=False, highlight=False)


@app.command("mail-flow")
def mail_flow(
    mails: Annotated[int, typer.Option(help="How many mails to send through.")] = 10_000,
    samples: Annotated[int, typer.Option(help="How often to look at the memory.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Mails a second of processor time through the live channel and a real worker, into tickets; memory on the way."""
    from bench.flow import run

    figures = run(mails, samples=samples, say=not as_json)
    if as_json:
        print(json.dumps(figures))
        return
    parts = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in figures["processor_seconds"].items())
    console.print(f"{figures['states']}: {figures['a_second_a_core']:.0f} a second a core (aim ≥ 100); {parts}")
    console.print(f"{figures['wall_seconds']:.0f} s by the clock")


@app.command()
def idle(
    seconds: Annotated[int, typer.Option(help="How long to let it settle.")] = 20,
) -> None:
    """Memory of the whole product when nothing happens, and the time from start to the first page."""
    from bench.idle import run

    figures = run(seconds)
    for name, megabytes in figures["processes"].items():
        console.print(f"{megabytes:7.1f} MB  {name}")
    console.print(f"{figures['total']:7.1f} MB  together (aim ≤ 350)")
    console.print(f"First start to first page: {figures['first_start']:.1f} s (aim ≤ 60)")
    console.print(f"Second start to first page: {figures['second_start']:.1f} s (aim ≤ 5)")


if __name__ == "__main__":
    app()
