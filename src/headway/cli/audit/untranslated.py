"""Texts in English without Django's settings: for commands that touch no installation."""


def untranslated() -> None:
    """Lets gettext return what it is given. Does nothing where Django is set up already."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
