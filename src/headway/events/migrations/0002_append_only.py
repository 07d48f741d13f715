from django.db import migrations

FORWARD = """
CREATE FUNCTION events_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('headway.erasing', true), '') <> 'on' THEN
        RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON events_entry
    FOR EACH ROW EXECUTE FUNCTION events_refuse_change();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON events_entry
    FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_change();
"""

BACKWARD = """
DROP TRIGGER entry_no_truncate ON events_entry;
DROP TRIGGER entry_append_only ON events_entry;
DROP FUNCTION events_refuse_change();
"""


class Migration(migrations.Migration):
    """The journal refuses changes; events/erasure.py alone turns the switch, for one transaction."""

    dependencies = [("events", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
