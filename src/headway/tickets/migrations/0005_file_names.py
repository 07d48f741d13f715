from django.db import migrations

# By the time of the message, which the search table is divided and keyed by; only rows with files are touched.
FORWARD = r"""
UPDATE tickets_searchentry entry SET vector = entry.vector || to_tsvector('headway_plain', found.words)
FROM (
    SELECT message.id, message.at, string_agg(file.name || ' ' || regexp_replace(file.name, '[\W_]+', ' ', 'g'), ' ') AS words
    FROM tickets_messagefile file JOIN tickets_message message ON message.id = file.message_id
    GROUP BY message.id, message.at
) found
WHERE entry.at = found.at AND entry.kind = 'm' AND entry.source_id = found.id;
UPDATE tickets_searchentry entry SET vector = entry.vector || to_tsvector('headway_plain', found.words)
FROM (
    SELECT note.id, note.at, string_agg(file.name || ' ' || regexp_replace(file.name, '[\W_]+', ' ', 'g'), ' ') AS words
    FROM tickets_notefile file JOIN tickets_note note ON note.id = file.note_id
    GROUP BY note.id, note.at
) found
WHERE entry.at = found.at AND entry.kind = 'n' AND entry.source_id = found.id;
"""


class Migration(migrations.Migration):
    """Messages and notes are found by the names of their files, also those that are there already."""

    dependencies = [("tickets", "0004_indexes")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop, elidable=True)]
