"""The named cast of every test."""

import pytest

from headway.foundation.clock import now
from headway.people.models import Agent, Brand, Customer, Identity, Membership, Team
from headway.people.rules import Role


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """The clone of a test that commits, otherwise the shared database in a transaction that is rolled back."""
    request.getfixturevalue("committed_db" if "committed_db" in request.fixturenames else "db")


def _agent(name: str, role: Role) -> Agent:
    agent = Agent(email=f"{name.lower()}@desk.example", name=name, role=role)
    agent.set_unusable_password()
    agent.save()
    return agent


@pytest.fixture
def frontline(database: None) -> Team:
    """Tier 1."""
    return Team.objects.create(name="Frontline", tier=1)


@pytest.fixture
def specialists(database: None) -> Team:
    """Tier 2."""
    return Team.objects.create(name="Specialists", tier=2)


@pytest.fixture
def ada(database: None) -> Agent:
    """The administrator."""
    return _agent("Ada", Role.ADMINISTRATOR)


@pytest.fixture
def leo(database: None) -> Agent:
    """The lead."""
    return _agent("Leo", Role.LEAD)


@pytest.fixture
def sam(frontline: Team) -> Agent:
    """An agent of the frontline."""
    agent = _agent("Sam", Role.AGENT)
    Membership.objects.create(team=frontline, agent=agent)
    return agent


@pytest.fixture
def mia(specialists: Team) -> Agent:
    """An agent of the specialists."""
    agent = _agent("Mia", Role.AGENT)
    Membership.objects.create(team=specialists, agent=agent)
    return agent


@pytest.fixture
def lim(database: None) -> Agent:
    """A light agent: reads and notes."""
    return _agent("Lim", Role.LIGHT)


@pytest.fixture
def vic(database: None) -> Agent:
    """A viewer: reads."""
    return _agent("Vic", Role.VIEWER)


def _customer(name: str, address: str) -> Customer:
    customer = Customer.objects.create(name=name, created_at=now())
    Identity.objects.create(customer=customer, kind=Identity.Kinds.EMAIL, value=address, verified_at=now())
    return customer


@pytest.fixture
def dana(database: None) -> Customer:
    """A customer."""
    return _customer("Dana Ortiz", "dana@example.com")


@pytest.fixture
def chen(database: None) -> Customer:
    """Another customer."""
    return _customer("Chen Wei", "chen@example.net")


@pytest.fixture
def acme(database: None) -> Brand:
    """The brand everything belongs to when nothing else is said."""
    return Brand.objects.create(name="Acme", slug="acme", is_default=True)
