"""The ticket itself. Its number is its id."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from headway.people.models import Brand, Customer, Organisation, Team
from headway.tickets.models.setup import Status, Tag, TicketType

# Where a list by the longest waiting has a ticket: those with which nobody waits come last. The far end is written out,
# not a parameter, so that a statement planned for all values still finds the index.
WAITS = Coalesce(
    "waiting_since",
    models.Func(template="TIMESTAMPTZ '9999-01-01 00:00:00+00'", output_field=models.DateTimeField()),
)
STANDING = models.Q(suspected_at__isnull=True, merged_into__isnull=True)
UNSOLVED = models.Q(
    category__in=["new", "open", "waiting", "hold"], suspected_at__isnull=True, merged_into__isnull=True
)


class Ticket(models.Model):
    """A matter a customer brings, from the first message to the last.

    Thread data of a channel (message ids, addresses) belongs to the channel, not here.
    """

    class Priorities(models.IntegerChoices):
        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    class Returns(models.TextChoices):
        TIME = "time", _("Snooze ended")
        REPLY = "reply", _("The customer replied")
        HELD = "held", _("A reply for later was held back")
        SIDE = "side", _("A side conversation was answered")

    subject = models.CharField(max_length=500)
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    # the status's category, kept here for the lists' indexes; only actions set it, together with the status
    category = models.CharField(max_length=10, choices=Status.Categories.choices)
    priority = models.PositiveSmallIntegerField(choices=Priorities.choices, default=Priorities.NORMAL)
    type = models.ForeignKey(TicketType, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="", blank=True)
    fields = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField(Tag, through="Tagging", related_name="+")

    # raised by every change; a writer that saw an older one is refused
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    # the last message of either side: what lists are sorted by
    active_at = models.DateTimeField()
    # the oldest customer message that nobody has answered
    waiting_since = models.DateTimeField(null=True)
    first_replied_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # rules.snoozing.UNTIL_A_REPLY: no time ends it, only the customer
    snoozed_until = models.DateTimeField(null=True)
    # why it is in the daily views again, until somebody acts on it
    returned = models.CharField(max_length=10, choices=Returns.choices, default="", db_default="", blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    snippet = models.CharField(max_length=160, default="", blank=True)

    # suspected spam stands apart from every list, count, clock and figure
    suspected_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # the inbox: newest activity first, everything or one category
            models.Index(fields=["-active_at", "-id"], name="ticket_active", condition=STANDING),
            models.Index(fields=["category", "-active_at", "-id"], name="ticket_category", condition=STANDING),
            # its other sortings: who waits longest, and the most urgent; open lists look at a small part of all
            models.Index(WAITS, models.F("id").desc(), name="ticket_waits", condition=STANDING),
            models.Index(fields=["-priority", "-active_at", "-id"], name="ticket_priority", condition=STANDING),
            models.Index(fields=["-priority", "-active_at", "-id"], name="ticket_urgent", condition=UNSOLVED),
            # views narrowed to something that few tickets have: without these, all would be looked at for a page
            models.Index(fields=["status", "-active_at", "-id"], name="ticket_status", condition=STANDING),
            models.Index(fields=["channel", "-active_at", "-id"], name="ticket_channel", condition=STANDING),
            models.Index(fields=["brand", "-active_at", "-id"], name="ticket_brand", condition=STANDING),
            models.Index(fields=["team", "-active_at", "-id"], name="ticket_of_team", condition=STANDING),
            # lists and counts of people and teams look at unfinished tickets only
            models.Index(fields=["assignee", "-active_at"], name="ticket_mine", condition=UNSOLVED),
            models.Index(fields=["team", "-active_at"], name="ticket_team", condition=UNSOLVED),
            models.Index(fields=["assignee", "-active_at", "-id"], name="ticket_assignee"),  # all of one person's
            models.Index(fields=["customer", "-created_at"], name="ticket_customer"),  # past tickets of a customer
            # of a type, of an organisation, merged into another: most tickets have none of them
            models.Index(fields=["type"], name="ticket_type", condition=models.Q(type__isnull=False)),
            models.Index(
                fields=["organisation"], name="ticket_organisation", condition=models.Q(organisation__isnull=False)
            ),
            models.Index(fields=["merged_into"], name="ticket_merged", condition=models.Q(merged_into__isnull=False)),
            models.Index(  # the schedule that wakes snoozed tickets
                fields=["snoozed_until"], name="ticket_snoozed", condition=models.Q(snoozed_until__isnull=False)
            ),
            models.Index(  # the spam view
                fields=["-suspected_at"], name="ticket_suspected", condition=models.Q(suspected_at__isnull=False)
            ),
            models.Index(  # the schedules that remind, solve and close
                fields=["category", "updated_at"],
                name="ticket_stale",
                condition=models.Q(category__in=["waiting", "solved"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class Tagging(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="tagging_once")]
