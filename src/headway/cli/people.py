"""`headway admin`: the first administrator, and a way in for people who are locked out."""

from typing import Annotated

import typer

from headway.cli.report import AsJson, report
from headway.cli.workspace import workspace

app = typer.Typer(help="Let administrators in: the first one, and people who are locked out.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The address they sign in with.", show_default=False)]


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="Their name, with --password.", show_default=False)] = "",
    password: Annotated[bool, typer.Option("--password", help="Ask for a password here, and send no link.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add an administrator: print a link where they choose a name and a password, or ask for a password here."""
    secret = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if password else ""
    with workspace():
        from django.db import transaction

        from headway.events.actor import Actor
        from headway.people.actions import agents, invitations
        from headway.people.rules import Role
        from headway.web.accounts import links

        system = Actor.system()
        if password:
            agents.add(email, name or email.partition("@")[0], Role.ADMINISTRATOR, actor=system, password=secret)
            report(
                {"email": email, "link": None}, [f"{email} is an administrator. Sign in with the password."], as_json
            )
            return
        with transaction.atomic():
            invitation = invitations.invite(email, Role.ADMINISTRATOR, actor=system)
            link = links.join(invitations.link_secret(invitation) or "")
            # whoever runs this hands the link over: no mail
            invitations.sent(invitation, actor=system)
    lines = [
        f"Open this link to choose a name and a password. It is good once, until {invitation.expires_at:%d %B}:",
        link,
    ]
    report({"email": invitation.email, "link": link}, lines, as_json)


@app.command()
def reset(
    email: Email,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="Also take their second factor away: the phone is lost.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print a link where somebody on the team sets a new password. It is good once, for four hours."""
    with workspace():
        from headway.events.actor import Actor
        from headway.people.queries.agents import agent_by_email
        from headway.web.accounts import links, rescue

        person = agent_by_email(email)
        removed = second_factor and rescue.remove_second_factor(person, actor=Actor.system())
        link = links.new_password(person)
    lines = ["Their second factor is taken away."] if removed else []
    lines += [f"{person.name} sets a new password here, once, within four hours:", link]
    report({"email": person.email, "link": link, "second_factor_removed": removed}, lines, as_json)
