"""`headway audit FILE…`."""

import os
from pathlib import Path

from headway.cli.audit.typed import (
    Calibration,
    Cost,
    Currency,
    Customers,
    Download,
    DryRun,
    Files,
    Hours,
    Map,
    Memory,
    Names,
    Paid,
    Problems,
    Report,
    Rows,
    Silent,
    Since,
    Tiers,
    Until,
    Zone,
)
from headway.cli.progress import bars
from headway.cli.report import AsJson, report


def audit(
    files: Files,
    mapping: Map = None,
    download: Download = None,
    dry_run: DryRun = False,
    zone: Zone = "UTC",
    rows: Rows = "",
    tiers: Tiers = "",
    since: Since = "",
    until: Until = "",
    hours: Hours = "",
    cost_month: Cost = None,
    hours_month: Paid = None,
    currency: Currency = "EUR",
    calibration: Calibration = 100,
    customers: Customers = None,
    names: Names = False,
    report_to: Report = None,
    problems: Problems = None,
    silent_days: Silent = 7,
    memory: Memory = None,
    as_json: AsJson = False,
) -> None:
    """Find out from a help desk's own export where its time goes and what to do first.

    Reads CSV, JSONL, Parquet (a row for each ticket or each event), XES, exports of Zendesk and Freshdesk, mail (.eml,
    mbox, Maildir), and Zendesk, Freshdesk, Zammad, Intercom and Help Scout over their APIs (zendesk://acme). Nothing of
    yours is sent anywhere, and nothing has to be set up before. The report is one HTML file that needs no network.
    """
    from headway.cli.audit.untranslated import untranslated

    untranslated()  # before anything that says a sentence is imported
    from headway.cli.audit import given, options, rehearsal, terminal
    from headway.insight import audit as auditing
    from headway.insight.exported import as_json as exported
    from headway.insight.findings.features import Money
    from headway.insight.lake.engine import room_mb
    from headway.insight.result import Wanted
    from headway.web.reports.audit import page
    from headway.web.reports.saving import save

    wanted = Wanted(
        reading=options.reading(mapping or [], zone, rows, tiers, sample=dry_run),
        money=Money(cost_month, hours_month, currency, calibration),
        within=options.within(since, until, zone),
        hours=options.business_hours(hours),
        names=names,
        memory_mb=memory or room_mb(),
        silent_days=silent_days,
        customers=customers,
        threads=os.cpu_count() or 1,
    )
    begin = wanted.within.since_ms
    with (
        bars(as_json) as progress,
        given.files(files, progress, kept=download, since_ms=begin, sample=dry_run) as paths,
    ):
        if dry_run:
            rehearsed, done = rehearsal.rehearse(paths, wanted, problems), None
        else:
            rehearsed, done = None, auditing.run(paths, wanted, progress, problems)
    if done is None:
        assert rehearsed is not None
        report(*rehearsed, as_json)
        return
    target = report_to or (None if as_json else Path("headway-audit.html"))
    if target is not None:
        save(target, page(done))
    if as_json:
        report(exported(done), (), as_json)
    else:
        terminal.show(done, target)
