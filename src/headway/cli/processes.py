"""`headway up`, and its parts one by one: web, live, worker, listen, migrate."""

import os
import sys
from typing import Annotated, NoReturn

import typer

Host = Annotated[str | None, typer.Option(help="Address to listen on [HEADWAY_HOST, 127.0.0.1].", show_default=False)]
Port = Annotated[int | None, typer.Option(help="Port of the desk [HEADWAY_PORT, 8000].", show_default=False)]
LivePort = Annotated[
    int | None,
    typer.Option(help="Port of the live stream [HEADWAY_LIVE_PORT, the desk's plus one].", show_default=False),
]


def up(host: Host = None, port: Port = None, live_port: LivePort = None) -> None:
    """Run everything on this machine: database, web, live, worker.

    The database is an embedded server in the data folder, unless DATABASE_URL names one. Ctrl-C stops all.
    """
    hand_on(host, port, live_port)
    from headway.foundation import environment
    from headway.ops.supervisor import become, standard

    become(standard(environment.read()))


def web(host: Host = None, port: Port = None) -> None:
    """Serve the desk, the help centre and the API."""
    hand_on(host, port, None)
    _become("web")


def live(host: Host = None, live_port: LivePort = None) -> None:
    """Serve the stream that keeps open screens up to date."""
    hand_on(host, None, live_port)
    _become("live")


def worker() -> None:
    """Run jobs: mail out, followers of events, schedules. As many machines as you like."""
    _become("worker")


def listen() -> None:
    """Take mails from mail servers by SMTP or LMTP, at HEADWAY_MAIL_LISTEN."""
    from headway.foundation import environment
    from headway.foundation.errors import Invalid

    if not environment.read().mail_listen:
        raise Invalid("Set HEADWAY_MAIL_LISTEN to where mail servers hand in mails, for example lmtp://127.0.0.1:2424.")
    _become("listen")


def migrate() -> None:
    """Bring the database to this version."""
    _become("migrate")


def hand_on(host: str | None, port: int | None, live_port: int | None) -> None:
    """Hands options on as the environment, which the processes read. An option wins over the variable."""
    chosen = {"HEADWAY_HOST": host, "HEADWAY_PORT": port, "HEADWAY_LIVE_PORT": live_port}
    os.environ.update({name: str(value) for name, value in chosen.items() if value is not None})


def _become(name: str) -> NoReturn:
    """Replaces this process, so that nothing of the command line stays in memory."""
    os.execv(sys.executable, [sys.executable, "-m", "headway.ops.serving", name])  # noqa: S606
