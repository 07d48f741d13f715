"""Whose mail is suspected spam from the start, and whose never is."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from headway.tickets.models import Ticket


class SenderRule(models.Model):
    """What to think of mail from one address, or from all addresses of one domain."""

    class Verdicts(models.TextChoices):
        SUSPECT = "suspect"
        ALLOW = "allow"

    class Origins(models.TextChoices):
        MARKED = "marked"  # somebody marked a ticket of this address as spam
        RESTORED = "restored"  # somebody took a ticket of this address back, whose domain is suspected
        SEVERAL = "several"  # several addresses of this domain were marked
        ADDED = "added"  # by hand

    # an address in its comparable form, or a domain, which has no @
    pattern = models.CharField(max_length=254)
    # of an address, the part behind the @: how many of one domain were marked
    domain = models.CharField(max_length=253, db_index=True)
    verdict = models.CharField(max_length=8, choices=Verdicts.choices)
    origin = models.CharField(max_length=8, choices=Origins.choices)
    since = models.DateTimeField()
    # who marked, took back or added, and the ticket it was learned from
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, related_name="+")
    matches = models.PositiveIntegerField(default=0)
    matched_at = models.DateTimeField(null=True)
    # out of force; what a person removed is not learned again of itself where it is a domain
    removed_at = models.DateTimeField(null=True)
    removed_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # in force one rule a sender; also what every arriving mail is looked up by
            models.UniqueConstraint(fields=["pattern"], name="sender_rule_once", condition=Q(removed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"sender rule {self.pk}: {self.verdict}"

    @property
    def is_domain(self) -> bool:
        """Whether it is about all addresses of a domain."""
        return "@" not in self.pattern
