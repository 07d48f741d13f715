"""The work: jobs, their workers, the hold, and the files that rows name."""

import hashlib
import time
from collections.abc import Iterator
from itertools import islice

from django.db import connection
from django.db.models import Count

from headway.foundation import files
from headway.foundation.environment import Environment
from headway.foundation.jobs import letters
from headway.foundation.jobs.workers import living
from headway.intake.email import spool
from headway.intake.models import Delivery, RawMail
from headway.ops.backup import named
from headway.ops.doctor.finding import Finding, ok, problem, warning
from headway.settings.queries import hold

_LATE_MINUTES = 5
_LOOKED_FOR = 20_000
_READ = 20

_LATE = """
SELECT count(*), extract(epoch FROM now() - min(event.at)) / 60
FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at < now() - make_interval(mins => %s))
    AND event.at < now() - make_interval(mins => %s)
"""


def jobs(_env: Environment) -> Iterator[Finding]:
    """That somebody works, that nothing waits too long, that nothing has failed for good."""
    workers = living()
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [_LATE_MINUTES, _LATE_MINUTES])
        late, minutes = cursor.fetchone()
    if workers:
        yield ok("workers", f"{workers} at work.")
    else:
        yield warning("workers", "None is at work: no mail leaves, nothing is followed up.", "Start one: headway up")
    if late:
        yield problem(
            "jobs",
            f"{late} jobs are late, the oldest by {minutes:.0f} minutes.",
            "Start more workers (headway worker), and look at what the running jobs wait for.",
        )
    else:
        yield ok("jobs", "None is late.")
    if failed := letters.count():
        newest = letters.dead_letters(1)[0]
        yield problem(
            "dead letters",
            f"{failed} jobs have failed for good; the newest: {newest.name} ({newest.error or 'no reason kept'}).",
            "See them at the desk (/desk/dead-letters), mend the cause, then retry or discard them.",
        )
    else:
        yield ok("dead letters", "None.")


def mails(_env: Environment) -> Iterator[Finding]:
    """That what came in was read, and what we wrote has left."""
    spooled = spool.waiting()
    late = [path for path in spooled if time.time() - path.stat().st_mtime > _LATE_MINUTES * 60]
    quarantined = RawMail.objects.filter(state=RawMail.States.QUARANTINED)
    reasons = quarantined.values_list("error").annotate(mails=Count("pk")).order_by("-mails")[:3]
    failed = Delivery.objects.filter(state=Delivery.States.FAILED).count()
    if late:
        yield problem("spool", f"{len(late)} mails wait in {late[0].parent}.", "Start a worker: headway up")
    if count := quarantined.count():
        told = "; ".join(f"{error or 'no reason kept'} ({mails})" for error, mails in reasons)
        says = f"{count} mails that came in could not be read: {told}."
        yield warning("quarantine", says, "Nothing is lost: their bytes are kept, and a later version may read them.")
    if failed:
        says = f"{failed} of our mails could not be delivered."
        yield warning("outbox", says, "See the reasons at the desk, in the outbox (/desk/outbox).")
    if not late and not count and not failed:
        yield ok("mails", "All that came in were read, none of ours has failed.")


def held(_env: Environment) -> Iterator[Finding]:
    """Whether the workspace sends and fetches."""
    if reason := hold():
        yield warning(
            "hold",
            f"Nothing is sent or fetched since {reason.since:%Y-%m-%d %H:%M} UTC ({reason.reason}).",
            "See what is pending and let it go: headway release",
        )
    else:
        yield ok("hold", "The workspace sends and fetches.")


def blobs(_env: Environment) -> Iterator[Finding]:
    """That the files which rows name are there, and some of them, read whole, are what they were."""
    wanted = list(islice(named.hashes(), _LOOKED_FOR))
    missing = [name for name in wanted if not files.exists(name)]
    step = max(1, len(wanted) // _READ)
    sample = [name for name in wanted[::step] if name not in set(missing)]
    changed = [name for name in sample if hashlib.sha256(files.read(name)).hexdigest() != name]
    if missing:
        yield problem(
            "files",
            f"{len(missing)} of {len(wanted)} files are missing in the store, such as {missing[0]}.",
            "Check HEADWAY_FILES. Files that are lost come back with a restore of a backup.",
        )
    if changed:
        yield problem(
            "files",
            f"{len(changed)} of {len(sample)} files read differ from what was stored, such as {changed[0]}.",
            "The disk or the store is damaged: check it, then restore a backup.",
        )
    if not missing and not changed:
        yield ok("files", f"{len(wanted)} are there, {len(sample)} were read and are whole.")
