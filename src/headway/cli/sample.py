"""`headway sample …`: a fictional company's support in this workspace, and away again."""

import os
from typing import Annotated

import typer

from headway.cli.progress import counting
from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

app = typer.Typer(help="Fill the workspace with sample data, or remove it.", no_args_is_help=True)

Seed = Annotated[int, typer.Option(help="The same seed tells the same history.")]
Days = Annotated[int, typer.Option(help="How many days of history.", min=1, max=730)]
PerDay = Annotated[float, typer.Option("--tickets-per-day", help="How many tickets come on a usual day.", min=0.1)]
Agents = Annotated[int, typer.Option(help="How many people answer.", min=1, max=200)]
Languages = Annotated[
    str, typer.Option(help="Languages customers write in, of: en, de, es, fr, it, ar, ja.", show_default="all")
]


@app.command("add")
def add(
    seed: Seed = 1,
    days: Days = 90,
    tickets_per_day: PerDay = 24.0,
    agents: Agents = 9,
    languages: Languages = "",
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Do nothing when it is there.")] = False,
    beside_real: Annotated[
        bool, typer.Option("--beside-real", help="Also when the workspace has real tickets.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fill the workspace with the history of a fictional company: customers, tickets, answers, ratings.

    Nothing is sent. Every row is marked, so that `headway sample remove` takes all of it away again.
    """
    if if_missing and _is_there():
        report({"tickets": 0}, [], as_json)
        return
    with workspace(), counting(as_json) as show:
        from headway.foundation.clock import now
        from headway.foundation.errors import Conflict, Invalid
        from headway.simulator import company, load, queries
        from headway.simulator.plan import Plan

        if if_missing and queries.present():
            report({"tickets": 0}, [], as_json)
            return
        if queries.has_real_tickets() and not beside_real:
            raise Conflict(
                "The workspace holds real tickets. Nothing was added. "
                "To put sample data beside them: headway sample add --beside-real"
            )
        chosen = tuple(filter(None, languages.replace(",", " ").split())) or tuple(company.LANGUAGES)
        try:
            plan = Plan(
                end=now(), days=days, tickets_per_day=tickets_per_day, agents=agents, seed=seed, languages=chosen
            )
        except ValueError as error:
            raise Invalid(f"This history cannot be told: {error}.") from error
        filled = load.fill(plan, show)
    data = {
        "tickets": filled.tickets,
        "messages": filled.messages,
        "customers": filled.customers,
        "agents": filled.agents,
    }
    told = f"{filled.tickets:,} tickets with {filled.messages:,} messages of {filled.customers:,} customers"
    report(data, [f"Sample data is in: {told}. To remove it: headway sample remove"], as_json)


def _is_there() -> bool:
    """Asked without Django, which would cost each start of the demo a second."""
    from headway.ops.serving import current

    return current.has_sample(os.environ.get("DATABASE_URL", ""))


@app.command("remove")
def remove(as_json: AsJson = False) -> None:
    """Remove all sample data. Whatever is real stays, and with it what it speaks of."""
    with workspace(), counting(as_json) as show:
        from headway.simulator.remove import remove_all

        removed = remove_all(progress=lambda done, of: show("tickets", done, of))
    lines = [f"Removed {removed.tickets:,} sample tickets and everything that belonged to them."]
    if removed.kept:
        kept = ", ".join(f"{name} {count}" for name, count in removed.kept.items())
        lines.append(f"Kept, because real tickets speak of them: {kept}.")
    report({"tickets": removed.tickets, "kept": removed.kept}, lines, as_json)


@app.command("logins")
def logins(as_json: AsJson = False) -> None:
    """Print who signs in to the sample data. The passwords are derived from this installation's master key."""
    from headway.simulator.logins import LOGINS

    width = max(len(login.email) for login in LOGINS)
    lines = [f"{login.role:13}  {login.email:{width}}  {login.password}" for login in LOGINS]
    people = [{"role": login.role, "email": login.email, "password": login.password} for login in LOGINS]
    report({"logins": people}, lines, as_json)
