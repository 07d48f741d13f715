"""`headway demo`: the whole product with a filled workspace, in one command."""

import shlex
from typing import Annotated

import typer

from headway.cli.processes import Host, LivePort, Port, hand_on
from headway.cli.sample import Agents, Days, PerDay, Seed

# A customer of nobody's making but the reader's: it is real, and stays when the sample data goes.
MAIL = """From: Dana Ortiz <dana.ortiz@bellflower.example>
To: {to}
Subject: Card payment declined twice

Hello, I tried to pay twice this morning and my card was declined. It works everywhere else. What can I do? Dana
"""


def demo(
    seed: Seed = 1,
    days: Days = 90,
    tickets_per_day: PerDay = 24.0,
    agents: Agents = 9,
    host: Host = None,
    port: Port = None,
    live_port: LivePort = None,
    fill_only: Annotated[bool, typer.Option("--fill-only", help="Fill the workspace, print the logins, end.")] = False,
) -> None:
    """Show Headway with a fictional company's support: fills the workspace and serves it.

    The sample data is filled in once; the next start finds it there. `headway sample remove` takes it away.
    """
    hand_on(host, port, live_port)
    from headway.foundation import environment
    from headway.ops.supervisor import become, standard

    options = [f"--seed={seed}", f"--days={days}", f"--tickets-per-day={tickets_per_day}", f"--agents={agents}"]
    if fill_only:
        from headway.cli.sample import add

        add(seed=seed, days=days, tickets_per_day=tickets_per_day, agents=agents, if_missing=True)
        typer.echo(_welcome())
        return
    become(
        standard(
            environment.read(),
            before=[("sample", "add", "--if-missing", *options)],
            welcome=_welcome(),
        )
    )


def _welcome() -> str:
    from headway.simulator import company
    from headway.simulator.logins import LOGINS

    width = max(len(login.email) for login in LOGINS)
    people = [f"  {login.role:13}  {login.email:{width}}  {login.password}" for login in LOGINS]
    mail = MAIL.format(to=company.SUPPORT).replace("\n", "\\n")
    return "\n".join(
        [
            "Sign in as one of these:",
            *people,
            "Send a customer's mail in, and watch it arrive at the desk:",
            f"  printf {shlex.quote(mail)} | bin/headway mail deliver",
            "Remove the sample data again:",
            "  bin/headway sample remove",
        ]
    )
