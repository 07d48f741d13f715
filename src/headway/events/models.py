"""The journal, what its followers have done, and how far its readers are."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

if TYPE_CHECKING:
    _IntegerField = models.Field[int, int]
else:
    _IntegerField = models.Field


class TransactionId(_IntegerField):
    """PostgreSQL's xid8: the 64-bit id of the transaction that wrote the row."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 (Django's signature)
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int:  # noqa: ARG002
        return int(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if value is None or hasattr(value, "as_sql") else str(value)


class CurrentTransaction(models.Func):
    """`pg_current_xact_id()`."""

    function = "pg_current_xact_id"
    output_field = TransactionId()


class Entry(models.Model):
    """One event. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE outside events/erasure.py.

    No foreign keys: a row outlives what it speaks of.
    """

    id = models.BigAutoField(primary_key=True)
    tx = TransactionId(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=60)
    version = models.SmallIntegerField(default=1)
    ticket_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    cause_id = models.BigIntegerField(null=True)
    source_key = models.CharField(max_length=200, null=True, unique=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["tx", "id"], name="entry_reading"),  # readers go on from (tx, id)
            models.Index(fields=["ticket_id", "id"], name="entry_ticket"),  # a ticket's story
            models.Index(fields=["subject_kind", "subject_id", "id"], name="entry_subject"),  # the audit log
            # the audit log of one person: without it, somebody long silent costs a look at every later entry
            models.Index(fields=["actor_id", "id"], name="entry_agent", condition=models.Q(actor_kind="agent")),
            # the audit log of a period long past; a thousandth of the size of a tree, and nothing to keep in order
            BrinIndex(fields=["at"], name="entry_at", autosummarize=True),
        ]


class Done(models.Model):
    """A follower's effect of one event, inserted in the effect's own transaction, so that it happens once."""

    pk = models.CompositePrimaryKey("event_id", "follower")
    event_id = models.BigIntegerField()
    follower = models.CharField(max_length=80)


class Cursor(models.Model):
    """How far a reader of the journal is: it has everything up to (tx, id)."""

    name = models.CharField(max_length=60, primary_key=True)
    tx = TransactionId(default=0)
    entry_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)
