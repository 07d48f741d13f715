"""What search looks through."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """One message or note as searchable words, in a table partitioned by month of `at`.

    Made by SQL in the migration (Django knows no partitions): the newest month is searched first, so that a search
    costs what a page costs however many years there are.
    """

    pk = models.CompositePrimaryKey("at", "kind", "source_id")
    at = models.DateTimeField()
    kind = models.CharField(max_length=1)  # m: message, n: note, s: subject of a ticket without messages
    source_id = models.BigIntegerField()
    ticket_id = models.BigIntegerField()
    vector = SearchVectorField()

    class Meta:
        managed = False
        db_table = "tickets_searchentry"
