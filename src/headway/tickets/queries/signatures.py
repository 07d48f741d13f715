"""What stands under somebody's answers."""

from headway.people.models import Agent
from headway.people.queries import brands
from headway.settings import queries as settings
from headway.tickets.models import Ticket
from headway.tickets.queries.macros import values_of
from headway.tickets.rules.macros import fill


def signature_on(agent: Agent, ticket: Ticket, *, beside: bool = False) -> str:
    """The person's signature as it stands under an answer on the ticket, as Markdown; "" when they have none.

    In a side conversation (`beside`) it tells nothing of the ticket and its customer.
    """
    if not agent.signature:
        return ""
    values = values_of(agent, ticket)
    told = {name: value for name, value in values.items() if not (beside and name.startswith(("ticket.", "customer.")))}
    return fill(agent.signature, told)


def example(agent: Agent, text: str) -> str:
    """How a signature would read: as the person, for the default brand, on a made-up ticket. One query."""
    brand = next((one.name for one in brands.brands() if one.is_default), "")
    workspace = settings.current().name
    first = agent.name.split()[0] if agent.name.split() else ""
    return fill(text, {
        "ticket.number": "10482", "ticket.subject": "Card payment declined twice", "customer.name": "Dana Ortiz",
        "customer.first_name": "Dana", "agent.name": agent.name, "agent.first_name": first,
        "brand.name": brand or workspace, "team.name": "", "workspace.name": workspace,
    })  # fmt: skip
