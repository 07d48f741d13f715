from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The team, its customers and its brands."""

    name = "headway.people"
    label = "people"

    def ready(self) -> None:
        from headway.foundation.files import holders
        from headway.people.models import Brand

        holders.register("brands", lambda sha256: Brand.objects.filter(logo=sha256).exists())
