"""Writing one's signature."""

from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.errors import Invalid
from headway.people.actions.agents import keep_signature
from headway.people.models import Agent
from headway.tickets.rules.macros import VARIABLES, unknown


def sign(agent: Agent, text: str, *, actor: Actor) -> Agent:
    """Keeps what stands under the person's answers from now on. Raises Invalid for a variable that does not exist."""
    if missing := unknown(text):
        offered = ", ".join(f"{{{{ {name} }}}}" for name in VARIABLES)
        told = _("There is nothing called %(name)s to fill in. These can be used: %(offered)s.")
        raise Invalid(told % {"name": f"{{{{ {missing[0]} }}}}", "offered": offered}, field="signature")
    return keep_signature(agent, text, actor=actor)
