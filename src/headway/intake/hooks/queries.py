"""Reading hooks: those a person looks at, and the one a call is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from headway.foundation.errors import NotFound
from headway.intake.models import Hook


@dataclass(frozen=True, slots=True)
class HookRow:
    """One hook for people. `address` is its path; nothing that authenticates a caller is here."""

    id: int
    kind: str
    name: str
    address: str
    topic: str
    trusted_servers: list[str]
    created_at: datetime
    archived_at: datetime | None
    arrived_at: datetime | None
    refused_at: datetime | None
    refusal: str
    asks: bool  # its topic waits for an administrator to confirm


def listed() -> Sequence[HookRow]:
    """The hooks in use, by name. One query."""
    return [row_of(hook) for hook in Hook.objects.filter(archived_at__isnull=True).order_by("name", "pk")]


def hook_by_id(hook_id: int) -> Hook:
    """One hook, also an archived one. Raises NotFound."""
    hook = Hook.objects.filter(pk=hook_id).first()
    if hook is None:
        raise NotFound(_("There is no such hook."))
    return hook


def taking(path: str) -> Hook | None:
    """The hook that takes calls at this end of an address; None for one that does not exist (any more)."""
    return Hook.objects.filter(path=path, archived_at__isnull=True).first()


def row_of(hook: Hook) -> HookRow:
    """A hook as people see it."""
    return HookRow(
        id=hook.pk,
        kind=hook.kind,
        name=hook.name,
        address=address_of(hook),
        topic=hook.topic,
        trusted_servers=list(hook.trusted_servers),
        created_at=hook.created_at,
        archived_at=hook.archived_at,
        arrived_at=hook.arrived_at,
        refused_at=hook.refused_at,
        refusal=hook.refusal,
        asks=bool(hook.confirmation),
    )


def address_of(hook: Hook) -> str:
    """The path of its address. Mailgun sends the raw mail only to addresses that end in `mime`."""
    return f"/in/{hook.path}/mime" if hook.kind == Hook.Kinds.MAILGUN else f"/in/{hook.path}"
