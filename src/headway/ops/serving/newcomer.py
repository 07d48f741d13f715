"""What somebody reads in the terminal whose installation is fresh: how to get in."""

import os

import psycopg

from headway.foundation import environment


def run() -> None:
    """Prints the way to the first administrator while nobody has ever joined; nothing afterwards."""
    if nobody_is_here(os.environ["DATABASE_URL"]):
        print(words(environment.read()))


def nobody_is_here(url: str) -> bool:
    """Whether nobody has ever joined. Asked without Django, which would cost each start a second."""
    try:
        with psycopg.connect(url) as connection:
            return connection.execute("SELECT FROM people_agent LIMIT 1").fetchone() is None
    except psycopg.Error:
        return False


def words(env: environment.Environment) -> str:
    """The commands as they are to be typed; the link they print must lead to the port that is served."""
    usual = environment.Environment()
    elsewhere = f"HEADWAY_PORT={env.port} " if env.port != usual.port and not env.public_url else ""
    return "\n".join(
        [
            "Nobody can sign in yet. Make yourself the first administrator, in another terminal:",
            f"  {elsewhere}bin/headway admin create you@example.com",
            "It prints a link. Open it, choose a name and a password, and the desk leads you on from there.",
            "To look around in a filled workspace instead, stop this one with Ctrl-C and run:",
            "  HEADWAY_HOME=~/headway-demo bin/headway demo",
        ]
    )
