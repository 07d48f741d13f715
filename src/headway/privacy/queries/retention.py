"""How long things are kept, and what is older than that today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from headway.foundation.clock import now
from headway.foundation.errors import NotFound
from headway.intake.models import RawMail
from headway.privacy.models import Rule, Run
from headway.privacy.queries import holds
from headway.tickets.models import MessageFile, NoteFile, Ticket


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a rule would erase if it ran now: how many, since when the oldest, its first few, and what a hold keeps."""

    count: int
    oldest: datetime | None
    first: Sequence[int]
    held: int


def rules() -> Sequence[Rule]:
    """The rules there are, the first made first. One query."""
    return list(Rule.objects.filter(archived_at__isnull=True).select_related("brand", "type").order_by("pk"))


def rule_by_id(rule_id: int) -> Rule:
    """One rule in use. Raises NotFound."""
    found = Rule.objects.filter(pk=rule_id, archived_at__isnull=True).select_related("brand", "type").first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def runs(rule: Rule, limit: int = 30) -> Sequence[Run]:
    """What the rule did, the latest night first. One query."""
    return list(rule.runs.order_by("-pk")[:limit])


def last_runs(chosen: Sequence[Rule]) -> dict[int, Run]:
    """Each rule's latest run. One query."""
    latest = Run.objects.filter(rule__in=list(chosen)).order_by("rule_id", "-pk").distinct("rule_id")
    return {run.rule_id: run for run in latest}


def dry_run(rule: Rule) -> DryRun:
    """What would go, counted now; nothing changes."""
    due, at = candidates(rule), _age(rule)
    oldest: Any = due.order_by(at).values_list(at, flat=True).first()
    return DryRun(due.count(), oldest, list(due.order_by(at, "pk").values_list("pk", flat=True)[:5]), held(rule))


def candidates(rule: Rule) -> QuerySet[Any]:
    """What is older than the rule says and kept by no hold: tickets, or mails in quarantine."""
    if rule.scope == Rule.Scopes.QUARANTINE:
        return _old(rule)
    return _old(rule).exclude(_held())


def held(rule: Rule) -> int:
    """How many would go, but for a hold."""
    return 0 if rule.scope == Rule.Scopes.QUARANTINE else _old(rule).filter(_held()).count()


def _old(rule: Rule) -> QuerySet[Any]:
    before = now() - timedelta(days=rule.days)
    if rule.scope == Rule.Scopes.QUARANTINE:
        return RawMail.objects.filter(state=RawMail.States.QUARANTINED, stored_at__lt=before)
    found = Ticket.objects.filter(category=rule.category, active_at__lt=before, updated_at__lt=before)
    if rule.brand_id is not None:
        found = found.filter(brand_id=rule.brand_id)
    if rule.type_id is not None:
        found = found.filter(type_id=rule.type_id)
    if rule.scope == Rule.Scopes.FILES:
        told = Exists(MessageFile.objects.filter(message__ticket=OuterRef("pk")))
        noted = Exists(NoteFile.objects.filter(note__ticket=OuterRef("pk")))
        mails = RawMail.objects.filter(message__ticket=OuterRef("pk")).exclude(state=RawMail.States.ERASED)
        found = found.filter(Q(told) | Q(noted) | Q(Exists(mails)))
    return found


def _held() -> Q:
    standing = holds.standing()
    tickets = standing.filter(ticket__isnull=False).values("ticket_id")
    customers = standing.filter(customer__isnull=False).values("customer_id")
    return Q(pk__in=tickets) | Q(customer_id__in=customers, customer_id__isnull=False)


def _age(rule: Rule) -> str:
    return "stored_at" if rule.scope == Rule.Scopes.QUARANTINE else "active_at"
