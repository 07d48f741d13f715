"""The people of a history as rows: the company's teams and agents, its customers and their organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from headway.events.actor import Actor
from headway.people.actions import agents, brands, history, teams
from headway.people.actions.history import PastCustomer, PastOrganisation
from headway.people.models import Agent, Brand, Customer, Team
from headway.simulator import company
from headway.simulator.happenings import History
from headway.simulator.logins import LOGINS
from headway.simulator.models import Made
from headway.simulator.people import Customer as Person
from headway.simulator.steps import ENGINEER
from headway.tickets.actions import setup
from headway.tickets.models import Field, TicketType

SYSTEM = Actor.system()

FIELDS = {
    "order": ("Order number", "text", ("orders",)),
    "invoice": ("Invoice", "text", ("billing",)),
    "version": ("Version", "text", ("bugs", "integrations")),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Rows by the history's numbers: agents (ENGINEER is the light agent), teams by tier, types by category."""

    brand: Brand
    agents: Mapping[int, Agent]
    teams: Mapping[int, Team]
    customers: Mapping[int, Customer]
    types: Mapping[str, TicketType]


def engage(history_: History) -> Cast:
    """Writes everybody who occurs in the history."""
    joined = history_.start - timedelta(days=120)
    logins = {login.email: login for login in LOGINS}
    rows: dict[int, Agent] = {}
    for person in history_.agents:
        login = logins.pop(person.email, None)
        rows[person.number] = agents.add(
            person.email,
            person.name,
            "agent",
            actor=SYSTEM,
            password=login.password if login else None,
            at=joined,
            silent=True,
            is_sample=True,
        )
    for login in logins.values():
        row = agents.add(
            login.email,
            login.name,
            login.role,
            actor=SYSTEM,
            password=login.password,
            at=joined,
            silent=True,
            is_sample=True,
        )
        if login.role == "light":
            rows[ENGINEER] = row
    brand = brands.create(
        actor=SYSTEM, name=company.NAME, accent=company.ACCENT, signature=company.SIGNATURE, is_sample=True
    )
    brands.add_address(brand, company.SUPPORT, actor=SYSTEM, name=company.NAME)
    return Cast(brand, rows, _teams(history_, rows), _customers(history_), _types(_fields()))


def _teams(history_: History, rows: Mapping[int, Agent]) -> dict[int, Team]:
    found = {}
    for tier, name in ((1, company.FRONTLINE), (2, company.SPECIALISTS)):
        found[tier] = teams.create(_free_name(name, Team), tier, actor=SYSTEM, is_sample=True)
        members = [rows[person.number] for person in history_.agents if person.tier == tier]
        teams.set_members(found[tier], members, actor=SYSTEM)
    return found


def _customers(history_: History) -> dict[int, Customer]:
    organisations = history.write_organisations(
        [
            PastOrganisation(
                name=entry.name,
                domain=entry.domain,
                at=entry.since,
                facts={
                    "plan": entry.plan.name,
                    "tills": entry.tills,
                    "city": entry.city,
                    "contract value": f"€{entry.plan.monthly * 12:,} a year",
                    "customer since": entry.since.date().isoformat(),
                    "renews": entry.renews.date().isoformat(),
                },
            )
            for entry in history_.organisations
        ],
        actor=SYSTEM,
        is_sample=True,
    )
    rows = history.write_customers(
        [
            PastCustomer(
                name=entry.name,
                address=entry.email,
                at=entry.since,
                language=entry.language,
                organisation_id=organisations[entry.organisation.number].pk if entry.organisation else None,
                facts=_facts(entry),
            )
            for entry in history_.customers
        ],
        actor=SYSTEM,
        channel="email",
        is_sample=True,
    )
    return {entry.number: row for entry, row in zip(history_.customers, rows, strict=True)}


def _facts(customer: Person) -> dict[str, str]:
    """What is known of a person; the plan and the city stand with the shop where there is one."""
    own = {} if customer.organisation else {"plan": customer.plan.name, "city": customer.city}
    return own | {"signed up": customer.since.date().isoformat()}


@transaction.atomic
def _fields() -> dict[str, Field]:
    """The custom fields by key: those that the workspace has already as they are, the others made and noted down."""
    found = {row.key: row for row in Field.objects.filter(key__in=FIELDS)}
    for position, (key, (label, kind, _types)) in enumerate(FIELDS.items()):
        if key not in found:
            found[key] = setup.define_field(key, kind, actor=SYSTEM, label=label, position=position)
            Made.objects.create(kind=Made.Kinds.FIELD, row_id=found[key].pk)
    return found


def _types(fields: Mapping[str, Field]) -> dict[str, TicketType]:
    return {
        category.key: setup.define_type(
            _free_name(category.name, TicketType),
            [fields[key] for key, (_label, _kind, of) in FIELDS.items() if category.key in of],
            actor=SYSTEM,
            is_sample=True,
        )
        for category in company.CATEGORIES
    }


def _free_name(name: str, among: type[Team] | type[TicketType]) -> str:
    taken = among._default_manager.filter(name__iexact=name, archived_at__isnull=True).exists()  # noqa: SLF001
    return f"{name} ({company.NAME})" if taken else name
