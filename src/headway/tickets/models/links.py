"""Tickets that belong together, and what customers thought of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.tickets.models.ticket import Ticket


class Link(models.Model):
    """`ticket` stands in a relation to `other`."""

    class Kinds(models.TextChoices):
        RELATED = "related", _("Related to")
        FOLLOW_UP = "follow_up", _("Follow-up of")
        SPLIT = "split", _("Split from")
        INCIDENT = "incident", _("Incident of")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kinds.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other", "kind"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(ticket=models.F("other")), name="link_to_another"),
        ]


class Rating(models.Model):
    """What the customer said about a ticket. Scales are kept apart and never averaged together."""

    class Scales(models.TextChoices):
        CSAT = "csat", _("Satisfaction")
        CES = "ces", _("Effort")
        NPS = "nps", _("Recommendation")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings")
    scale = models.CharField(max_length=4, choices=Scales.choices, default=Scales.CSAT)
    score = models.PositiveSmallIntegerField()
    comment = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_index=True)  # satisfaction by period

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "scale"], name="rating_once_a_scale")]
