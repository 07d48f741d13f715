"""What sender rules say of the mails of a batch, before any ticket, clock or automatic answer comes of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from headway.intake.models import SenderRule
from headway.intake.spam import queries
from headway.intake.spam.rules import Finding, found
from headway.people.models import Identity
from headway.people.rules.identities import email as comparable
from headway.tickets.actions import Suspicion


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of one sender. `spared`: a rule about their domain does not reach them."""

    finding: Finding | None = None
    spared: bool = False

    @property
    def suspicion(self) -> Suspicion | None:
        """Why a ticket of theirs begins as suspected spam; None when it does not."""
        if self.finding is None or self.spared or not self.finding.suspects:
            return None
        return Suspicion("sender_rule", self.finding.rule.id)

    @property
    def noted(self) -> dict[str, object]:
        """The same for the path of the mail: which rule decided, and how. No address."""
        if self.finding is None:
            return {}
        outcome = "spared" if self.spared else self.finding.rule.verdict
        return {"sender_rule": outcome, "sender_rule_of": self.finding.of, "sender_rule_id": self.finding.rule.id}


class Judge:
    """The rules about the senders of a batch, looked up at once, and how often each decided."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._rules = queries.about(known for address in addresses if (known := comparable(address)))
        self._decided: Counter[int] = Counter()

    def judge(self, address: str, customer_id: int | None, *, believed: bool) -> Judged:
        """What the rules say. `believed`: the address may be taken for the sender.

        A rule about a domain never reaches a verified customer whom we have answered.
        """
        known = comparable(address)
        finding = found(known, self._rules) if known else None
        if finding is None or known is None:
            return Judged()
        reaches = finding.suspects and finding.of == "domain" and customer_id is not None
        spared = reaches and (believed or _is_verified(known)) and queries.was_answered(customer_id or 0)
        return Judged(finding, spared)

    def count(self, judged: Judged) -> None:
        """Notes that a ticket began by this judgement."""
        if judged.finding is not None and not judged.spared:
            self._decided[judged.finding.rule.id] += 1

    def write(self, at: datetime) -> None:
        """Writes down how often each rule decided."""
        for rule_id, times in sorted(self._decided.items()):
            SenderRule.objects.filter(pk=rule_id).update(matches=F("matches") + times, matched_at=at)
        self._decided.clear()


def _is_verified(address: str) -> bool:
    verified = Identity.objects.filter(kind=Identity.Kinds.EMAIL, value=address, verified_at__isnull=False)
    return verified.exists()
