from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Exports, erasures, holds, retention."""

    name = "headway.privacy"
    label = "privacy"

    def ready(self) -> None:
        from headway.foundation.files import holders
        from headway.privacy.models import Export

        holders.register("exports", lambda sha256: Export.objects.filter(sha256=sha256).exists())
