"""People: the team, its customers, its brands."""

from headway.people.models.access import ApiToken, Invitation
from headway.people.models.agents import Agent, Membership, Team
from headway.people.models.brands import Brand, BrandAddress
from headway.people.models.customers import Customer, Identity, Organisation, OrganisationDomain

__all__ = [
    "Agent",
    "ApiToken",
    "Brand",
    "BrandAddress",
    "Customer",
    "Identity",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationDomain",
    "Team",
]
