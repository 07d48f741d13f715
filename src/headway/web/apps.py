from django.apps import AppConfig


class WebConfig(AppConfig):
    """All HTML and HTTP."""

    name = "headway.web"
    label = "web"

    def ready(self) -> None:
        from headway.foundation.files import holders
        from headway.web.models import Upload

        holders.register("uploads", lambda sha256: Upload.objects.filter(sha256=sha256).exists())
