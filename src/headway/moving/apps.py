from django.apps import AppConfig


class MovingConfig(AppConfig):
    """Histories of other systems."""

    name = "headway.moving"
    label = "moving"

    def ready(self) -> None:
        """An upload keeps its pieces."""
        from headway.foundation.files import holders
        from headway.moving.models import Piece

        holders.register("imports", lambda sha256: Piece.objects.filter(sha256=sha256).exists())
