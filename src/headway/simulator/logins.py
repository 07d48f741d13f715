"""Who may sign in to the demo: one person of each role. Without Django, for the command line prints them."""

import base64
from dataclasses import dataclass

from headway.foundation import keys
from headway.simulator import company, names
from headway.simulator.people import latin


@dataclass(frozen=True, slots=True)
class Login:
    """A demo person. The password belongs to this installation: it is derived from its master key, never stored."""

    name: str
    role: str
    email: str

    @property
    def password(self) -> str:
        """Twelve letters and digits in three groups."""
        letters = base64.b32encode(keys.derive(f"demo login {self.email}", 8)).decode().lower()[:12]
        return "-".join((letters[:4], letters[4:8], letters[8:]))


def _login(name: str, role: str) -> Login:
    return Login(name, role, f"{latin(name.split()[0])}@{company.DOMAIN}")


LOGINS = (
    _login(names.AGENTS[0][0], "agent"),
    _login("Owen Clarke", "lead"),
    _login("Ruth Adler", "administrator"),
    _login("Emil Novák", "light"),
    _login("Karin Vogt", "viewer"),
)
