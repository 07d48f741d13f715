from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Channels in and out."""

    name = "headway.intake"
    label = "intake"

    def ready(self) -> None:
        from headway.foundation.files import holders
        from headway.intake.models import RawMail

        holders.register("raw mails", lambda sha256: RawMail.objects.filter(sha256=sha256).exists())
