"""The process that parses: bounded in memory and processor time, knows no database and no secret.

Started as `python -m headway.intake.email.child`; reads jobs on standard input, writes outcomes on standard output.
"""

import os
import resource
import signal
import sys
from typing import BinaryIO, Final

from headway.intake.email import wire
from headway.intake.email.parse.whole import Care, parse

MEMORY_BYTES: Final = 512 * 1024 * 1024
SECONDS: Final = 10.0  # of processor time for one mail
_FILE_BYTES: Final = 0


def main() -> None:
    """Serves until standard input ends."""
    source = sys.stdin.buffer
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    bound()
    while (job := _next(source)) is not None:
        outcome = _serve(*job)
        del job  # before the next one is held
        for part in wire.frame(outcome):
            sink.write(part)
        sink.flush()
        if outcome.fatal:
            return


def bound() -> None:
    """Limits this process; past the processor time SIGPROF ends it even inside a library."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _next(source: BinaryIO) -> tuple[wire.Job, bytes] | None:
    head = source.read(wire.LENGTH.size)
    if len(head) < wire.LENGTH.size:
        return None
    (size,) = wire.LENGTH.unpack(head)
    body = source.read(size)
    if len(body) < size:
        return None
    job = wire.jobs.decode(body)
    raw = source.read(job.size)
    return (job, raw) if len(raw) == job.size else None


def _serve(job: wire.Job, raw: bytes) -> wire.Outcome:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return wire.Outcome(mail=parse(raw, Care(job.care)))
    except MemoryError:
        return wire.Outcome(error="out of memory", fatal=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, the mail is reported and kept
        return wire.Outcome(error=f"{type(error).__name__}: {error}"[:500])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
