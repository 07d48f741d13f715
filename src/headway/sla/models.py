"""What a workspace promises, and what it owes on each ticket now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.tickets.models import Ticket


class Calendar(models.Model):
    """When a desk is open: a week of shifts in a time zone, as `sla.rules.hours` reads them."""

    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=60, default="UTC")
    week = models.TextField(default="mon-fri 09:00-17:00", blank=True)
    # counts for every target that names no calendar
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_calendar"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A date with hours of its own: none when closed all day."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.CharField(max_length=80, default="", blank=True)
    hours = models.CharField(max_length=120, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="holiday_once")]


class Target(models.Model):
    """How soon a response comes, in minutes of open time; none where nothing is promised."""

    channel = models.CharField(max_length=20, default="", blank=True)  # empty: any
    priority = models.PositiveSmallIntegerField(choices=Ticket.Priorities.choices, null=True, blank=True)  # none: any
    first_minutes = models.PositiveIntegerField(null=True, blank=True)
    next_minutes = models.PositiveIntegerField(null=True, blank=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "priority"], nulls_distinct=False, name="target_once"),
        ]


class Edition(models.Model):
    """All calendars and targets as they were in force from a moment on. Never changed: clocks are counted by them."""

    at = models.DateTimeField()
    content = models.JSONField()


class Clock(models.Model):
    """A response owed on a ticket. There is a row only while one is owed; it can be counted again from the journal."""

    class Kinds(models.TextChoices):
        FIRST = "first", _("First response")
        NEXT = "next", _("Next response")

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="+")
    kind = models.CharField(max_length=5, choices=Kinds.choices)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # none while paused, and where nothing is promised
    left_seconds = models.IntegerField(null=True)  # open time left when the clock last started or stopped
    announced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="clock_due"),  # the desk's order by urgency
            models.Index(  # the schedule that announces missed targets
                fields=["due_at"],
                name="clock_unannounced",
                condition=models.Q(announced_at__isnull=True, due_at__isnull=False),
            ),
        ]


class DueSnooze(models.Model):
    """A ticket is out of sight until shortly before its response is due: `until` while nothing else ended or changed
    that."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.ticket_id} until {self.until}"
