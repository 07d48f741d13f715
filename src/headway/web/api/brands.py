"""Brands: names, addresses, looks."""

from dataclasses import dataclass
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from headway.foundation.errors import NotFound
from headway.people.actions import brands as actions
from headway.people.actions import logos
from headway.people.models import Brand
from headway.people.queries import brands as queries
from headway.people.rules import Permission, Scope
from headway.web.api.answers import Listed, listed, nothing, tagged
from headway.web.api.door import ApiRequest
from headway.web.api.kinds import Input, PathId
from headway.web.api.preconditions import guard_shown
from headway.web.api.routes import Routes

routes = Routes("Brands")

BrandName = Annotated[str, Field(max_length=80)]
Accent = Annotated[str, Field(max_length=7, description="#rrggbb")]
Signature = Annotated[str, Field(max_length=5000)]


@dataclass(slots=True)
class AddressOut:
    """An address whose mail is the brand's. Replies leave from the primary one."""

    id: int
    address: str
    name: str
    is_primary: bool


@dataclass(slots=True)
class BrandOut:
    """A name under which the workspace meets its customers."""

    id: int
    name: str
    slug: str
    accent: str
    signature: str
    has_logo: bool
    logo_in_mails: bool
    is_default: bool
    archived: bool
    addresses: list[AddressOut]


class BrandIn(Input):
    """A new brand. The first one is the default."""

    name: BrandName
    slug: Annotated[str, Field(max_length=40)] = ""
    accent: Accent = "#3b5bdb"
    signature: Signature = ""


class BrandChanges(Input):
    """New values; what is left out stays."""

    name: BrandName | None = None
    accent: Accent | None = None
    signature: Signature | None = None
    logo_in_mails: Annotated[bool | None, Field(description="Put the logo above mails.")] = None


class AddressIn(Input):
    """One more address of the brand."""

    address: Annotated[str, Field(max_length=254)]
    name: Annotated[str, Field(max_length=120)] = ""
    is_primary: bool = False


@routes.get("/brands", Scope.TICKETS_READ, Permission.READ, Listed[BrandOut])
def list_brands(request: ApiRequest) -> HttpResponse:
    """Today's brands, the default first."""
    return listed(request, [_out(row) for row in queries.brands()], None)


@routes.post("/brands", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def create_brand(request: ApiRequest, body: BrandIn) -> HttpResponse:
    """Add a brand."""
    row = actions.create(
        actor=request.actor, slug=body.slug, name=body.name, accent=body.accent, signature=body.signature
    )
    return tagged(_out(row), 201, location=f"/brands/{row.pk}")


@routes.get("/brands/{brand_id}", Scope.TICKETS_READ, Permission.READ, BrandOut)
def read_brand(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """One brand, also one that is used no more."""
    return tagged(_out(queries.brand_by_id(brand_id)))


@routes.patch("/brands/{brand_id}", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def change_brand(request: ApiRequest, brand_id: PathId, body: BrandChanges) -> HttpResponse:
    """Change the brand's name or look."""
    row = _held(request, brand_id)
    look = actions.Look()
    if body.name is not None:
        look["name"] = body.name
    if body.accent is not None:
        look["accent"] = body.accent
    if body.signature is not None:
        look["signature"] = body.signature
    if body.logo_in_mails is not None:
        look["logo_in_mails"] = body.logo_in_mails
    return tagged(_out(actions.edit(row, actor=request.actor, **look)))


@routes.put("/brands/{brand_id}/logo", Scope.ADMIN, Permission.SETTINGS, BrandOut, takes="bytes")
def set_brand_logo(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """Send the brand's logo as the body: a PNG or a JPEG. Anybody fetches it at /logo/{brand_id}."""
    logos.set_logo(_held(request, brand_id), request.body, actor=request.actor)
    return tagged(_out(queries.brand_by_id(brand_id)))


@routes.delete("/brands/{brand_id}/logo", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def remove_brand_logo(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """The brand has no logo any more."""
    logos.remove_logo(_held(request, brand_id), actor=request.actor)
    return tagged(_out(queries.brand_by_id(brand_id)))


@routes.put("/brands/{brand_id}/default", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def make_brand_default(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """What belongs to no other brand belongs to this one."""
    return tagged(_out(actions.make_default(_held(request, brand_id), actor=request.actor)))


@routes.post("/brands/{brand_id}/addresses", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def add_brand_address(request: ApiRequest, brand_id: PathId, body: AddressIn) -> HttpResponse:
    """What is sent to this address is the brand's from now on."""
    row = _held(request, brand_id)
    actions.add_address(row, body.address, actor=request.actor, name=body.name, primary=body.is_primary)
    return tagged(_out(queries.brand_by_id(brand_id)), 201)


@routes.put("/brands/{brand_id}/addresses/{address_id}/primary", Scope.ADMIN, Permission.SETTINGS, BrandOut)
def make_brand_address_primary(request: ApiRequest, brand_id: PathId, address_id: PathId) -> HttpResponse:
    """Replies of the brand leave from this address from now on."""
    row = _held(request, brand_id)
    address = row.addresses.filter(pk=address_id).first()
    if address is None:
        raise NotFound(_("The brand has no such address."))
    actions.make_primary(address, actor=request.actor)
    return tagged(_out(queries.brand_by_id(brand_id)))


@routes.delete("/brands/{brand_id}/addresses/{address_id}", Scope.ADMIN, Permission.SETTINGS)
def remove_brand_address(request: ApiRequest, brand_id: PathId, address_id: PathId) -> HttpResponse:
    """The address is the brand's no more."""
    row = _held(request, brand_id)
    address = row.addresses.filter(pk=address_id).first()
    if address is None:
        raise NotFound(_("The brand has no such address."))
    actions.remove_address(address, actor=request.actor)
    return nothing()


@routes.delete("/brands/{brand_id}", Scope.ADMIN, Permission.SETTINGS)
def archive_brand(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """The brand is offered no more; its tickets stay."""
    actions.archive(_held(request, brand_id), actor=request.actor)
    return nothing()


@routes.post("/brands/{brand_id}/restoration", Scope.ADMIN, Permission.SETTINGS, BrandOut, status=200)
def restore_brand(request: ApiRequest, brand_id: PathId) -> HttpResponse:
    """The brand is used again."""
    return tagged(_out(actions.restore(queries.brand_by_id(brand_id), actor=request.actor)))


def _held(request: ApiRequest, brand_id: int) -> Brand:
    row = queries.brand_by_id(brand_id)
    guard_shown(request, row, _out)
    return row


def _out(row: Brand) -> BrandOut:
    addresses = [
        AddressOut(entry.pk, entry.address, entry.name, entry.is_primary)
        for entry in sorted(row.addresses.all(), key=lambda entry: entry.pk)
    ]
    return BrandOut(
        row.pk, row.name, row.slug, row.accent, row.signature, bool(row.logo), row.logo_in_mails, row.is_default,
        row.archived_at is not None, addresses,
    )  # fmt: skip
