from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The store: ticket, message, note, tag."""

    name = "headway.tickets"
    label = "tickets"

    def ready(self) -> None:
        from headway.foundation.files import holders
        from headway.tickets.models import MessageFile, NoteFile, ScheduledFile, SideFile

        holders.register("messages", lambda sha256: MessageFile.objects.filter(sha256=sha256).exists())
        holders.register("notes", lambda sha256: NoteFile.objects.filter(sha256=sha256).exists())
        holders.register("scheduled", lambda sha256: ScheduledFile.objects.filter(sha256=sha256).exists())
        holders.register("sides", lambda sha256: SideFile.objects.filter(sha256=sha256).exists())
