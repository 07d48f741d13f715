"""The Jinja2 environment of every screen: translation, addresses, and how values are written."""

from typing import Any

from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from headway.web import formats, statics

FILTERS = {
    "ago": formats.ago,
    "capped": formats.capped,
    "channel": formats.channel,
    "file_size": formats.file_size,
    "full_moment": formats.full_moment,
    "initials": formats.initials,
    "iso": formats.iso,
    "left": formats.left,
    "local_field": formats.local_field,
    "called": formats.called,
    "marked": formats.marked,
    "moment": formats.moment,
    "status_words": formats.status_words,
    "system": formats.system,
    "tone": formats.tone,
    "urgency": formats.urgency,
}

OURS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}


def make(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once. A name that a template misspells raises instead of printing nothing."""
    options.pop("autoescape", None)  # always on
    environment = Environment(autoescape=True, **{**options, **OURS})
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    environment.globals.update(static=statics.address, styles=statics.styles, url=url, messages=get_messages)
    environment.filters.update(FILTERS)
    return environment


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
