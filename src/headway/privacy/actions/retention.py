"""Rules of how long things are kept: made, switched on, carried out."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.privacy import RetentionChanged, RetentionRan
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.intake.email import erasing as mails
from headway.people.models import Brand
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.privacy.models import Rule, Run
from headway.privacy.queries import retention
from headway.tickets.actions import removal
from headway.tickets.models import Status, TicketType

LEAST, MOST = 30, 36_500
_BATCH = 25
REASON = "retention"


@transaction.atomic
def define(
    *, name: str, scope: str, days: int, actor: Actor, category: str = "closed", brand: Brand | None = None,
    kind: TicketType | None = None,
) -> Rule:  # fmt: skip
    """A new rule, switched off. Raises Invalid."""
    require(actor, Permission.PRIVACY)
    words = " ".join(name.replace("\x00", "").split())
    if not words or len(words) > 80:
        raise Invalid(_("Give the rule a name of at most 80 letters."), field="name")
    if scope not in Rule.Scopes.values:
        raise Invalid(_("Say what is erased."), field="scope")
    if not LEAST <= days <= MOST:
        raise Invalid(_("Between 30 days and 100 years."), field="days")
    if category not in (Status.Categories.SOLVED, Status.Categories.CLOSED):
        raise Invalid(_("Only solved and closed tickets are erased by a rule."), field="category")
    rule = Rule.objects.create(name=words, scope=scope, days=days, category=category, brand=brand, type=kind)
    _record(rule, actor)
    return rule


@transaction.atomic
def switch(rule: Rule, *, on: bool, actor: Actor) -> Rule:
    """Lets the rule run every night, or no more."""
    require(actor, Permission.PRIVACY)
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    if (row.enabled_at is not None) != on:
        row.enabled_at = now() if on else None
        row.save(update_fields=["enabled_at"])
        _record(row, actor)
    return row


@transaction.atomic
def archive(rule: Rule, *, actor: Actor) -> None:
    """The rule is used no more; what it did stays on record."""
    require(actor, Permission.PRIVACY)
    row = Rule.objects.select_for_update().get(pk=rule.pk)
    row.enabled_at, row.archived_at = None, now()
    row.save(update_fields=["enabled_at", "archived_at"])
    _record(row, actor)


def run(rule: Rule, *, actor: Actor) -> Run:
    """Erases what is older than the rule says, in small portions, until nothing is or the rule is switched off."""
    erased = 0
    while portion := _portion(rule, actor):
        erased += portion
    with transaction.atomic():
        done = Run.objects.create(rule=rule, at=now(), erased=erased, held=retention.held(rule))
        journal.record(RetentionRan(subject_id=rule.pk, erased=erased, held=done.held), actor=actor)
    return done


@transaction.atomic
def _portion(rule: Rule, actor: Actor) -> int:
    if not Rule.objects.select_for_update().filter(pk=rule.pk, enabled_at__isnull=False).exists():
        return 0
    due: list[Any] = list(retention.candidates(rule).order_by("pk").values_list("pk", flat=True)[:_BATCH])
    if rule.scope == Rule.Scopes.QUARANTINE:
        return sum(mails.forget_mail(pk) for pk in due)
    for pk in due:
        mails.forget_ticket(pk, people=(), addresses=())
        if rule.scope == Rule.Scopes.FILES:
            removal.remove_files(pk, actor=actor)
    return removal.remove(due, actor=actor, reason=REASON) if rule.scope == Rule.Scopes.TICKETS else len(due)


def _record(rule: Rule, actor: Actor) -> None:
    event = RetentionChanged(
        subject_id=rule.pk, scope=str(rule.scope), days=rule.days, enabled=rule.enabled_at is not None,
        archived=rule.archived_at is not None,
    )  # fmt: skip
    journal.record(event, actor=actor)
