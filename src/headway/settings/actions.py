"""Changing the workspace's settings, holding it, releasing it."""

import zoneinfo
from dataclasses import asdict
from typing import Any

import msgspec
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import SettingsChanged, WorkspaceHeld, WorkspaceReleased
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.foundation.jobs import resting
from headway.settings.definitions import Settings
from headway.settings.models import Change, Workspace
from headway.settings.queries import latest

# Larger numbers of days lead out of the calendar.
_LARGEST = 100_000
_LONGEST_NAME = 80


@transaction.atomic
def change(values: dict[str, Any], *, actor: Actor) -> Settings:
    """Sets some settings (by name) and returns all. Raises Invalid naming what is wrong; then nothing is changed."""
    _require_administrator(actor)
    workspace = _locked()
    before = asdict(latest())
    unknown = sorted(set(values) - set(before))
    if unknown:
        raise Invalid(_("There is no setting %(name)s.") % {"name": unknown[0]}, field=unknown[0])
    after = _checked({**before, **values})
    plain = msgspec.to_builtins(after)
    changed = [key for key in values if plain[key] != msgspec.to_builtins(before[key])]
    if not changed:
        return after
    workspace.version = _next_version()
    workspace.save(update_fields=["version"])
    at = now()
    Change.objects.bulk_create(
        Change(version=workspace.version, key=key, value=plain[key], at=at, agent_id=actor.id) for key in changed
    )
    journal.record(SettingsChanged(subject_id=1, keys=tuple(sorted(changed))), actor=actor)
    return after


@transaction.atomic
def hold(reason: str, *, actor: Actor) -> None:
    """Stops everything that leaves the workspace. Holding twice keeps the first reason."""
    workspace = _locked()
    if workspace.held_since is None:
        workspace.held_since, workspace.held_reason = now(), reason
        workspace.save(update_fields=["held_since", "held_reason"])
        journal.record(WorkspaceHeld(subject_id=1, reason=reason), actor=actor)


@transaction.atomic
def release(*, actor: Actor) -> None:
    """Lets the workspace send and fetch again, and wakes what rested. Raises Conflict when it is not held."""
    _require_administrator(actor)
    workspace = _locked()
    if workspace.held_since is None:
        raise Conflict(_("The workspace is not held: somebody has released it already."))
    workspace.held_since, workspace.held_reason = None, ""
    workspace.save(update_fields=["held_since", "held_reason"])
    journal.record(WorkspaceReleased(subject_id=1), actor=actor)
    resting.wake()


def _locked() -> Workspace:
    Workspace.objects.get_or_create(id=1)
    return Workspace.objects.select_for_update().get(id=1)


def _next_version() -> int:
    """A number that is never given again, also when this change is rolled back: others may have read it by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('settings_change', 'id'))")
        return int(cursor.fetchone()[0])


def _checked(values: dict[str, Any]) -> Settings:
    try:
        settings = msgspec.convert(msgspec.to_builtins(values), Settings)
    except msgspec.ValidationError as error:
        raise Invalid(_("A setting has a value of the wrong kind: %(error)s") % {"error": error}) from error
    if settings.timezone not in zoneinfo.available_timezones():
        raise Invalid(_("There is no time zone %(name)s.") % {"name": settings.timezone}, field="timezone")
    if settings.language not in dict(django_settings.LANGUAGES):
        raise Invalid(_("There is no translation into %(name)s.") % {"name": settings.language}, field="language")
    missing = set(settings.search_languages) - _search_configurations()
    if missing:
        raise Invalid(
            _("Search does not know the language %(name)s.") % {"name": min(missing)}, field="search_languages"
        )
    for key, value in asdict(settings).items():
        if isinstance(value, int) and not 0 <= value <= _LARGEST:
            told = _("%(name)s must be between 0 and %(most)d.") % {"name": key, "most": _LARGEST}
            raise Invalid(told, field=key)
    if not 10 <= settings.audit_calibration_percent <= 1000:
        raise Invalid(_("The calibration must be between 10 and 1000 percent."), field="audit_calibration_percent")
    if not settings.audit_currency.isalpha() or len(settings.audit_currency) != 3:
        raise Invalid(_("A currency has three letters, like EUR."), field="audit_currency")
    if not settings.name.strip() or len(settings.name) > _LONGEST_NAME or not settings.name.isprintable():
        raise Invalid(_("Give the workspace a name of at most %(n)d letters.") % {"n": _LONGEST_NAME}, field="name")
    return settings


def _search_configurations() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cfgname::text FROM pg_ts_config")
        return {row[0] for row in cursor.fetchall()}


def _require_administrator(actor: Actor) -> None:
    # settings stands below people, so it cannot ask for a permission by name; administrators alone hold this one
    if actor.kind != "system" and actor.role != "administrator":
        raise Forbidden(_("Only an administrator can change this."))
