"""Which teams still answer in another system."""

from django.db import models

from headway.people.models import Team

# Whether a ticket is answered in the system it came from, for its team stays there: to `annotate` tickets with.
ELSEWHERE = models.expressions.RawSQL(
    "EXISTS (SELECT FROM tickets_origin o JOIN tickets_stay s ON s.system = o.system AND s.ended_at IS NULL "
    "AND s.team_id IS NOT DISTINCT FROM tickets_ticket.team_id WHERE o.ticket_id = tickets_ticket.id)",
    [],
    output_field=models.BooleanField(),
)


class Stay(models.Model):
    """A team answers the tickets it has in that system there, and not here, until the stay ends.

    Without a team it is about tickets that have none.
    """

    system = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "team"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="stay_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id or 'no team'} in {self.system}"
