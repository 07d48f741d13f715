"""Which readings are behind, so that what is unread is found among few rows."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# By row, not by statement: its plan is the same for one message and for a thousand.
TRIGGERS = """
CREATE FUNCTION tickets_reading_behind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tickets_reading SET behind = true WHERE ticket_id = NEW.ticket_id AND NOT behind;
  RETURN NULL;
END $$;
CREATE TRIGGER message_leaves_behind AFTER INSERT OR UPDATE OF ticket_id ON tickets_message
  FOR EACH ROW EXECUTE FUNCTION tickets_reading_behind();
CREATE TRIGGER note_leaves_behind AFTER INSERT OR UPDATE OF ticket_id ON tickets_note
  FOR EACH ROW EXECUTE FUNCTION tickets_reading_behind();
"""
NO_TRIGGERS = """
DROP TRIGGER note_leaves_behind ON tickets_note;
DROP TRIGGER message_leaves_behind ON tickets_message;
DROP FUNCTION tickets_reading_behind();
"""
_UP_TO_DATE = """
UPDATE tickets_reading r SET behind = false WHERE r.agent_id = %s
AND NOT EXISTS (SELECT FROM tickets_message m WHERE m.ticket_id = r.ticket_id AND m.id > r.message_id)
AND NOT EXISTS (SELECT FROM tickets_note n WHERE n.ticket_id = r.ticket_id AND n.id > r.note_id)
"""


def settle(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A person at a time, each in a transaction of its own."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_agent ORDER BY id")
        for (agent_id,) in cursor.fetchall():
            cursor.execute(_UP_TO_DATE, [agent_id])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0018_origins")]

    operations = [
        migrations.AddField(
            model_name="reading", name="behind", field=models.BooleanField(db_default=True, default=True)
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(condition=models.Q(("behind", True)), fields=["agent", "ticket"], name="reading_behind"),
        ),
    ]
