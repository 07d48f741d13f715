"""Custom fields and kinds of tickets, defined as an administrator would."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError
from headway.moving.actions.book import Book
from headway.moving.records import Asked, Matter, Trouble
from headway.moving.staging import Staging
from headway.tickets.actions import setup
from headway.tickets.models import Field, TicketType

_SYSTEM = Actor.system()
UNNAMED = "request"  # the kind of a ticket that has fields and no kind
UNFIT = "came without the value of a field, which does not fit its kind or is none of its choices"


def bring_fields(staging: Staging, book: Book) -> None:
    """Custom fields; one here of the same name and kind is the same."""
    for asked in staging.all(Asked):
        book.count("field", "source")
        if asked.key in book.ids("field"):
            book.count("field", "same")
            continue
        try:
            with transaction.atomic():
                book.keep("field", [(asked.key, _field(asked).pk, "")])
        except HeadwayError as error:
            book.report(Trouble(kind="field", key=asked.key, reason=error.message))
            continue
        book.count("field", "new")


def _field(asked: Asked) -> Field:
    label = " ".join(asked.label.split())[:80] or asked.key
    options = list(dict.fromkeys(" ".join(name.split())[:120] for name in asked.options.values() if name.strip()))
    kind = "text" if asked.kind == "choice" and len(options) > setup.MOST_OPTIONS else asked.kind
    options = options if kind == "choice" else []
    there = Field.objects.filter(label__iexact=label, kind=kind, archived_at__isnull=True).first()
    if there is not None:
        missing = [name for name in options if name not in there.options]
        if len(there.options) + len(missing) <= setup.MOST_OPTIONS:
            return setup.edit_field(there, options=[*there.options, *missing], actor=_SYSTEM) if missing else there
    wanted = slugify(label).replace("-", "_")[:34] or "field"
    used = set(Field.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    key = next(
        name for number in range(1, 10_000) if (name := f"{wanted}_{number}" if number > 1 else wanted) not in used
    )
    return setup.define_field(key, kind, label=label, options=options, actor=_SYSTEM)


def bring_types(staging: Staging, book: Book) -> None:
    """Kinds of tickets by their names, each with the fields this system has."""
    names = {(matter.kind or (UNNAMED if matter.fields else "")) for matter in staging.all(Matter)} - {""}
    fields = list(Field.objects.filter(pk__in=set(book.ids("field").values()), archived_at__isnull=True))
    for name in sorted(names):
        shown = " ".join(name.split())[:60]
        shown = shown[:1].upper() + shown[1:]
        with transaction.atomic():
            row = TicketType.objects.filter(name__iexact=shown, archived_at__isnull=True).first()
            if row is None:
                row = setup.define_type(shown, fields, actor=_SYSTEM)
            else:
                present = list(row.fields.filter(archived_at__isnull=True))
                setup.edit_type(row, fields=list({one.pk: one for one in [*present, *fields]}.values()), actor=_SYSTEM)
            if name[:100] not in book.ids("type"):
                book.keep("type", [(name[:100], row.pk, "")])


class Values:
    """A source's values of custom fields as tickets here hold them."""

    def __init__(self, staging: Staging, book: Book) -> None:
        rows = Field.objects.in_bulk(set(book.ids("field").values()))
        self._book = book
        self._fields = {
            asked.key: (asked, rows[book.ids("field")[asked.key]])
            for asked in staging.all(Asked)
            if book.ids("field").get(asked.key) in rows
        }

    def of(self, ticket: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """By our keys; what does not fit its field is left out and reported."""
        found: dict[str, Any] = {}
        unfit = []
        for key, value in given.items():
            if key in self._fields:
                asked, field = self._fields[key]
                fitting = _fitting(asked, field, value)
                if fitting is not None:
                    found[field.key] = fitting
                else:
                    unfit.append(asked.label)
        if unfit:
            told = ", ".join(unfit)
            self._book.report(Trouble(kind="ticket", key=ticket, reason=UNFIT, detail=told, lost=False))
        return found


def _fitting(asked: Asked, field: Field, value: Any) -> Any:
    try:
        match field.kind:
            case "number":
                return float(value) if "." in str(value) else int(value)
            case "check":
                return value if isinstance(value, bool) else str(value).lower() in {"true", "1", "yes"}
            case "date":
                return date.fromisoformat(str(value)[:10]).isoformat()
            case "choice":
                name = " ".join(asked.options.get(str(value), str(value)).split())[:120]
                return name if name in field.options else None
    except (TypeError, ValueError):
        return None
    several = value if isinstance(value, list) else [value]
    return ", ".join(asked.options.get(str(one), str(one)) for one in several)[:4000]
