"""The names under which the workspace meets its customers."""

from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.brands import BrandArchived, BrandChanged, BrandCreated, BrandRestored
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.actions import checks
from headway.people.models import Brand, BrandAddress
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.colours import is_colour


class Look(TypedDict, total=False):
    """What may be changed about a brand. What is left out stays as it is; `logo` is a stored file's SHA-256 or ""."""

    name: str
    accent: str
    logo: str
    signature: str
    logo_in_mails: bool


@transaction.atomic
def create(*, actor: Actor, slug: str = "", is_sample: bool = False, **look: Unpack[Look]) -> Brand:
    """A new brand; the first one is the default. Without `slug` the name gives it. Raises Conflict when it is taken."""
    require(actor, Permission.SETTINGS)
    name = checks.name(look.get("name", ""), 80)
    short = slugify(slug or name)[:40].strip("-")
    if not short:
        raise Invalid(_("Give the brand a short name of letters a to z."), field="slug")
    brand = Brand(slug=short, is_default=not Brand.objects.filter(is_default=True).exists(), is_sample=is_sample)
    _set(brand, look)
    try:
        with transaction.atomic():
            brand.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("There is a brand of this short name already."), field="slug") from error
    journal.record(BrandCreated(subject_id=brand.pk), actor=actor)
    return brand


@transaction.atomic
def edit(brand: Brand, *, actor: Actor, **look: Unpack[Look]) -> Brand:
    """Changes the brand's name or look."""
    require(actor, Permission.SETTINGS)
    row = _locked(brand)
    changed = _set(row, look)
    if changed:
        row.save(update_fields=changed)
        journal.record(BrandChanged(subject_id=row.pk, fields=tuple(changed)), actor=actor)
    return row


@transaction.atomic
def make_default(brand: Brand, *, actor: Actor) -> Brand:
    """What belongs to no other brand belongs to this one."""
    require(actor, Permission.SETTINGS)
    row = _locked(brand)
    if not row.is_default:
        Brand.objects.filter(is_default=True).update(is_default=False)
        row.is_default = True
        row.save(update_fields=["is_default"])
        journal.record(BrandChanged(subject_id=row.pk, fields=("is_default",)), actor=actor)
    return row


@transaction.atomic
def add_address(brand: Brand, address: str, *, actor: Actor, name: str = "", primary: bool = False) -> BrandAddress:
    """What is sent to the address is the brand's. The first is the one replies leave from, until another is made so.

    Raises Conflict when a brand has it already.
    """
    require(actor, Permission.SETTINGS)
    row = _locked(brand)
    known = checks.identity("email", address)
    first = not row.addresses.filter(is_primary=True).exists()
    if primary and not first:
        row.addresses.filter(is_primary=True).update(is_primary=False)
    try:
        with transaction.atomic():
            made = BrandAddress.objects.create(
                brand=row,
                address=known,
                name=checks.name(name, 120, required=False),
                is_primary=primary or first,
            )
    except IntegrityError as error:
        raise Conflict(_("This address belongs to a brand already."), field="address") from error
    journal.record(BrandChanged(subject_id=row.pk, fields=("addresses",)), actor=actor)
    return made


@transaction.atomic
def remove_address(address: BrandAddress, *, actor: Actor) -> None:
    """The address is the brand's no more. Of those that remain, the oldest becomes the one replies leave from.

    Raises Conflict when a mailbox rests on it.
    """
    require(actor, Permission.SETTINGS)
    row = _locked(address.brand)
    try:
        gone, _rows = BrandAddress.objects.filter(pk=address.pk).delete()
    except ProtectedError as error:
        raise Conflict(_("A mailbox is or was connected at this address, so it stays the brand's.")) from error
    if not gone:
        raise NotFound(_("This address was removed already."))
    oldest = row.addresses.order_by("pk").first()
    if oldest is not None and not row.addresses.filter(is_primary=True).exists():
        oldest.is_primary = True
        oldest.save(update_fields=["is_primary"])
    journal.record(BrandChanged(subject_id=row.pk, fields=("addresses",)), actor=actor)


@transaction.atomic
def archive(brand: Brand, *, actor: Actor) -> Brand:
    """The brand is offered no more; its tickets and addresses stay. Raises Conflict for the default brand."""
    require(actor, Permission.SETTINGS)
    row = _locked(brand)
    if row.is_default:
        raise Conflict(_("This is the default brand. Make another one the default first."))
    row.archived_at = now()
    row.save(update_fields=["archived_at"])
    journal.record(BrandArchived(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def restore(brand: Brand, *, actor: Actor) -> Brand:
    """Uses an archived brand again."""
    require(actor, Permission.SETTINGS)
    row = Brand.objects.select_for_update().filter(pk=brand.pk).first()
    if row is None:
        raise NotFound(_("This brand does not exist any more."))
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        journal.record(BrandRestored(subject_id=row.pk), actor=actor)
    return row


@transaction.atomic
def make_primary(address: BrandAddress, *, actor: Actor) -> None:
    """Replies of the brand leave from this address of it from now on."""
    require(actor, Permission.SETTINGS)
    row = _locked(address.brand)
    if not row.addresses.filter(pk=address.pk, is_primary=True).exists():
        row.addresses.filter(is_primary=True).update(is_primary=False)
        if not row.addresses.filter(pk=address.pk).update(is_primary=True):
            raise NotFound(_("This address was removed already."))
        journal.record(BrandChanged(subject_id=row.pk, fields=("addresses",)), actor=actor)


def _locked(brand: Brand) -> Brand:
    row = Brand.objects.select_for_update().filter(pk=brand.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This brand does not exist any more."))
    return row


def _set(brand: Brand, look: Look) -> list[str]:
    """Puts the look on the row; returns the names of what is new."""
    wanted: dict[str, Any] = dict(look)
    if "name" in look:
        wanted["name"] = checks.name(look["name"], 80)
    if "accent" in look and not is_colour(look["accent"]):
        raise Invalid(_("Write the colour as #rrggbb."), field="accent")
    if "signature" in look:
        wanted["signature"] = look["signature"].replace("\x00", "")[:5000]
    changed = sorted(name for name, value in wanted.items() if getattr(brand, name) != value)
    for name in changed:
        setattr(brand, name, wanted[name])
    return changed
