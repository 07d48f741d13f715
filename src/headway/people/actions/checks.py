"""Whether what was typed can be kept, and the sentence when it cannot."""

import zoneinfo
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from headway.foundation.errors import Invalid
from headway.people.models import Agent
from headway.people.rules import facts, identities

_WRONG = {
    "email": lambda text: _("%(text)s is not an email address.") % {"text": text},
    "phone": lambda text: _("Write the phone number with its country, for example +49 30 1234567."),  # noqa: ARG005
    "external": lambda text: _("Write an id of another system as system:id, for example shop:4711."),  # noqa: ARG005
}


def identity(kind: str, text: str) -> str:
    """The comparable form of an identity. Raises Invalid naming what it should look like."""
    if kind not in _WRONG:
        raise Invalid(_("An identity is an email address, a phone number or an id of another system."), field="kind")
    value = identities.comparable(kind, text)
    if value is None:
        raise Invalid(_WRONG[kind](repr(text.strip()[:80])), field=kind)
    return value


def domain(text: str) -> str:
    """The comparable form of a domain. Raises Invalid."""
    value = identities.domain(text.strip().removeprefix("@"))
    if value is None or "." not in value:
        raise Invalid(_("%(text)s is not a domain.") % {"text": repr(text.strip()[:80])}, field="domain")
    return value


def name(text: str, most: int, *, field: str = "name", required: bool = True) -> str:
    """One line of at most `most` characters, spaces tidied. Raises Invalid when it is empty but required."""
    line = " ".join(text.replace("\x00", "").split())
    if required and not line:
        raise Invalid(_("A name is needed."), field=field)
    if len(line) > most:
        raise Invalid(_("This name is too long: %(most)d characters are the most.") % {"most": most}, field=field)
    return line


def language(code: str) -> str:
    """A language the screens speak, or "" for the workspace's own. Raises Invalid."""
    if code and code not in dict(settings.LANGUAGES):
        raise Invalid(_("There is no translation into %(name)s.") % {"name": code[:20]}, field="language")
    return code


def timezone(name: str) -> str:
    """A time zone by its name, or "" for the workspace's own. Raises Invalid."""
    if name and name not in zoneinfo.available_timezones():
        raise Invalid(_("There is no time zone %(name)s.") % {"name": name[:60]}, field="timezone")
    return name


def custom_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept. Raises Invalid."""
    if not facts.fit(values):
        raise Invalid(
            _("Facts are up to 60 short names, each with a text, a number, or yes or no."),
            field="facts",
        )
    return dict(values)


def password(text: str, person: Agent) -> str:
    """The password when it is good enough for this person. Raises Invalid with every reason."""
    try:
        password_validation.validate_password(text, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    return text
