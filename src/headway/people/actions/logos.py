"""The picture of a brand."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.brands import BrandChanged
from headway.foundation import files
from headway.foundation.errors import Invalid, NotFound
from headway.foundation.files import holders
from headway.people.models import Brand
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.pictures import LARGEST, WIDEST, picture_of


def set_logo(brand: Brand, data: bytes, *, actor: Actor) -> Brand:
    """Gives the brand a logo: a PNG or a JPEG, checked from its first byte to its last. Raises Invalid."""
    require(actor, Permission.SETTINGS)
    if picture_of(data) is None:
        told = _("A logo is a whole PNG or JPEG of %(size)d kB and %(side)d pixels a side at most.")
        raise Invalid(told % {"size": LARGEST // 1000, "side": WIDEST}, field="logo")
    return _put(brand, files.put(data).sha256, actor=actor)


def remove_logo(brand: Brand, *, actor: Actor) -> Brand:
    """The brand has no logo any more."""
    require(actor, Permission.SETTINGS)
    return _put(brand, "", actor=actor)


@transaction.atomic
def _put(brand: Brand, sha256: str, *, actor: Actor) -> Brand:
    row = Brand.objects.select_for_update().filter(pk=brand.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This brand does not exist any more."))
    before, row.logo = row.logo, sha256
    if before != sha256:
        row.save(update_fields=["logo"])
        journal.record(BrandChanged(subject_id=row.pk, fields=("logo",)), actor=actor)
        transaction.on_commit(lambda: holders.release([before] if before else []))
    return row
