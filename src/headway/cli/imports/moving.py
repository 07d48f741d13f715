"""`headway import stay` and `headway import move-over`: which teams answer in the old system, one by one and back."""

from typing import Annotated

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

System = Annotated[str, typer.Argument(help="The system, as its import is named: zendesk.", show_default=False)]
Teams = Annotated[
    list[str] | None, typer.Option("--team", help="A team's name. As often as needed.", show_default=False)
]
Unassigned = Annotated[bool, typer.Option("--without-team", help="Tickets that have no team.")]
All = Annotated[bool, typer.Option("--all", help="All teams, and tickets without one.")]


def stay(
    system: System, teams: Teams = None, without_team: Unassigned = False, every: All = False, as_json: AsJson = False
) -> None:
    """Let teams answer in their old system: their tickets that came from there are only read here.

    A later import goes on bringing what happens to them there.
    """
    _each(system, teams or [], without_team, every, as_json, staying=True)


def move_over(
    system: System, teams: Teams = None, without_team: Unassigned = False, every: All = False, as_json: AsJson = False
) -> None:
    """Let teams answer here from now on. Imports leave their tickets as they are; `import stay` takes it back."""
    _each(system, teams or [], without_team, every, as_json, staying=False)


def _each(system: str, names: list[str], without: bool, every: bool, as_json: bool, *, staying: bool) -> None:
    with workspace():
        from headway.events.actor import Actor
        from headway.foundation.errors import Invalid
        from headway.people.queries.teams import teams as all_teams
        from headway.tickets.actions import stays as actions
        from headway.tickets.queries import stays as queries

        known = {team.name.casefold(): team for team in all_teams()}
        if strange := [name for name in names if name.casefold() not in known]:
            raise Invalid(
                f"There is no team {strange[0]!r}. There are: {', '.join(team.name for team in known.values())}."
            )
        chosen = list(known.values()) if every else [known[name.casefold()] for name in names]
        wanted = [*chosen, *([None] if without or every else [])]
        if not wanted:
            raise Invalid("Say which teams: --team NAME, --without-team or --all.")
        for team in wanted:
            if staying:
                actions.stay(system, team, actor=Actor.system())
                continue
            for one in queries.stays():
                if one.system == system and one.team_id == (team.pk if team else None):
                    actions.move_over(one, actor=Actor.system())
        left = queries.stays()
    told = [{"system": one.system, "team": one.team.name if one.team else None} for one in left]
    lines = [f"{one['team'] or 'Tickets without a team'}: answered in {one['system']}" for one in told]
    report({"stays": told}, lines or ["Every team answers here."], as_json)
