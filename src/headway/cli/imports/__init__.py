"""`headway import …`: what other systems hold."""

import typer

from headway.cli.imports import going, history, mail, moving, reporting

app = typer.Typer(help="Bring in what other systems hold, silently and with its original times.", no_args_is_help=True)
app.command("mail")(mail.mail)
app.command("csv")(history.csv)
for kind in history.DESKS:
    app.command(kind)(history.of(kind))
app.command("stay")(moving.stay)
app.command("move-over")(moving.move_over)
app.command("go-on")(going.go_on)
app.command("report")(reporting.show)
