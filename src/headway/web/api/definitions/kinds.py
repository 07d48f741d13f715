"""What definitions share: the shapes of names and positions, and how one is found."""

from typing import Annotated, TypeVar

from django.utils.translation import gettext as _
from pydantic import Field as Checked

from headway.foundation.errors import NotFound
from headway.tickets.models import Field, Status, TicketType

Definition = TypeVar("Definition", Status, TicketType, Field)

DefinedName = Annotated[str, Checked(min_length=1, max_length=60)]
Position = Annotated[int, Checked(ge=0, le=32_767)]


def defined(model: type[Definition], row_id: int) -> Definition:
    """One that is in use. Raises NotFound."""
    row = model.objects.filter(pk=row_id, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This does not exist, or is not used any more."))
    return row
