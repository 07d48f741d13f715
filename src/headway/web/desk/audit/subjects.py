"""The names of what journal entries are about, as they are now. Who was erased is called that."""

from collections.abc import Callable, Collection, Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from headway.events.models import Entry
from headway.intake.models import Hook, Mailbox, SenderRule
from headway.people.models import Agent, ApiToken, Brand, Customer, Invitation, Organisation, Team
from headway.tickets.models import Field, Macro, SavedView, Status, Tag, TicketType

Key = tuple[str, int]

NAMED: dict[str, tuple[type[Model], str]] = {
    "agent": (Agent, "name"), "team": (Team, "name"), "brand": (Brand, "name"), "customer": (Customer, "name"),
    "organisation": (Organisation, "name"), "status": (Status, "name"), "type": (TicketType, "name"),
    "field": (Field, "label"), "tag": (Tag, "name"), "macro": (Macro, "name"), "view": (SavedView, "name"),
    "mailbox": (Mailbox, "address__address"), "hook": (Hook, "name"), "token": (ApiToken, "name"),
    "invitation": (Invitation, "email"), "sender_rule": (SenderRule, "pattern"),
}  # fmt: skip

# what has no name, by its number; `%s` where there is more than one
NUMBERED: dict[str, Callable[[], str]] = {
    "workspace": lambda: _("Workspace"), "journal": lambda: _("Journal"),
    "edition": lambda: _("Business hours and targets"),
    "import": lambda: _("Import %s"), "export": lambda: _("Archive %s"), "erasure": lambda: _("Erasure %s"),
    "hold": lambda: _("Legal hold %s"), "retention": lambda: _("Retention rule %s"), "mail": lambda: _("Mail %s"),
    "suppression": lambda: _("Suppressed address %s"), "provider": lambda: _("Registration %s"),
}  # fmt: skip

# which events name further things beside their subject
_FURTHER: dict[str, tuple[str, ...]] = {
    "agent": ("from_agent", "to_agent"), "team": ("from_team", "to_team"), "status": ("to_status",),
    "type": ("to_type",), "tag": ("tag_ids",),
}  # fmt: skip


def names_of(entries: Collection[Entry]) -> dict[Key, str]:
    """Names by (kind, id) of everything the entries speak of, doers included. One query for each kind there is."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        for kind, row_id in _spoken_of(entry):
            wanted.setdefault(kind, set()).add(row_id)
    found: dict[Key, str] = {}
    for kind, ids in wanted.items():
        model, name = NAMED[kind]
        rows = model._default_manager.filter(pk__in=ids).values_list("pk", name)  # noqa: SLF001 (Django's own name)
        found |= {(kind, pk): str(text) for pk, text in rows}
    return found


def _spoken_of(entry: Entry) -> Iterable[Key]:
    if entry.subject_kind in NAMED:
        yield entry.subject_kind, entry.subject_id
    if entry.actor_kind in ("agent", "customer") and entry.actor_id:
        yield entry.actor_kind, entry.actor_id
    for kind, fields in _FURTHER.items():
        for name in fields:
            value = entry.data.get(name)
            yield from ((kind, one) for one in (value if isinstance(value, list) else [value]) if one)


def who(entry: Entry, names: dict[Key, str]) -> str:
    """Who did it."""
    if entry.actor_kind in ("agent", "customer"):
        return names.get((entry.actor_kind, entry.actor_id or 0)) or erased(entry.actor_kind)
    return _("An automation") if entry.actor_kind == "automation" else "Headway"


def about(entry: Entry, names: dict[Key, str]) -> str:
    """What it is about."""
    if entry.subject_kind == "ticket":
        return f"#{entry.subject_id}"
    if entry.subject_kind == "agent" and not entry.subject_id:
        return _("nobody known")
    if entry.subject_kind in NUMBERED:
        return NUMBERED[entry.subject_kind]().replace("%s", str(entry.subject_id))
    return names.get((entry.subject_kind, entry.subject_id)) or erased(entry.subject_kind)


def erased(kind: str) -> str:
    """What is said instead of a name that is no more."""
    said: dict[str, Callable[[], str]] = {
        "agent": lambda: _("a person who was erased"),
        "customer": lambda: _("a customer who was erased"),
    }
    return said[kind]() if kind in said else _("something that is no more")
