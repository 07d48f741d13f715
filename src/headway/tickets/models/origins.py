"""Where tickets came from that began in another system."""

from django.db import models

from headway.tickets.models.ticket import Ticket


class Origin(models.Model):
    """The ticket as its old system knows it: which system, under which number, and where it is shown there."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="origin")
    system = models.CharField(max_length=40)
    number = models.CharField(max_length=100)
    url = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "number"], name="origin_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"
