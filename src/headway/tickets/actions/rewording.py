"""What was said elsewhere and edited there since, put right here; files that were missing come after."""

from collections.abc import Mapping, Sequence

from headway.events.models import Entry
from headway.foundation.statements import add_many
from headway.tickets.actions import index
from headway.tickets.actions.files import columns
from headway.tickets.actions.history import Said
from headway.tickets.models import Message, MessageFile, Note, NoteFile, Ticket
from headway.tickets.rules.texts import clean


def reword(row: Ticket, known: Sequence[Said]) -> bool:
    """Makes the words what they are there now, in the caller's transaction; whether any changed."""
    data = dict(Entry.objects.filter(source_key__in=[one.key for one in known]).values_list("source_key", "data"))
    messages = Message.objects.prefetch_related("files").in_bulk(_ids(data, "message_id"))
    notes = Note.objects.prefetch_related("files").in_bulk(_ids(data, "note_id"))
    changed = False
    for said in known:
        told = data[said.key]
        found = messages.get(told.get("message_id", 0)) or notes.get(told.get("note_id", 0))
        if found is not None:
            changed |= _set(found, said)
    if changed:
        index.again(row)
    return changed


def _set(found: Message | Note, said: Said) -> bool:
    wanted = {"text": clean(said.text)} | ({"html": clean(said.html)} if isinstance(found, Message) else {})
    fields = [name for name, value in wanted.items() if getattr(found, name) != value]
    for name in fields:
        setattr(found, name, wanted[name])
    if fields:
        found.save(update_fields=fields)
    here = {(file.sha256, file.name) for file in found.files.all()}
    missing = [file for file in said.files if (file.blob.sha256, columns(file)["name"]) not in here]
    if isinstance(found, Message):
        add_many(MessageFile(message=found, **columns(file)) for file in missing)
    else:
        add_many(NoteFile(note=found, **columns(file)) for file in missing)
    return bool(fields or missing)


def _ids(data: Mapping[str | None, Mapping[str, int]], name: str) -> list[int]:
    return [told[name] for told in data.values() if name in told]
