from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """What a workspace can change, versioned and journalled."""

    name = "headway.settings"
    label = "settings"

    def ready(self) -> None:
        from headway.foundation.jobs import set_held_check, set_language
        from headway.settings.queries import is_held, spoken

        set_held_check(is_held)
        set_language(spoken)
