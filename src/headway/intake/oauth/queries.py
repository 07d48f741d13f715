"""Reading our registrations at providers. Never their secrets."""

from dataclasses import dataclass

from headway.intake.models import Provider


@dataclass(frozen=True, slots=True)
class Registration:
    """What is entered of a registration; `has_secret`: a secret is kept, sealed."""

    client_id: str
    tenant: str
    has_secret: bool


def registration(name: str) -> Registration | None:
    """Our registration at `microsoft` or `google`; None before somebody entered it. One query."""
    row = Provider.objects.filter(name=name).first()
    return Registration(row.client_id, row.tenant, bool(row.client_secret)) if row else None
